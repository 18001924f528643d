import type { FactOf } from '../../contracts/timeline.js';
import { type CallModel, type HandlingModel, helpers, idsOf } from './call-model.js';
import type { HelpModel } from './call-parts.js';
import { type Told, tell } from './decision.js';
import { helpEnded, helpIds } from './help-facts.js';

/*
 * Who is responsible for the customer, and how that passes on.
 */

/** Another agent is responsible from now on; leads who helped the former go on with the new one. */
export function chargePassed(
  call: CallModel,
  from: HandlingModel,
  to: { id: string; agentId: string },
  at: number,
  why: FactOf<'charge.passed'>['data']['why'],
): Told[] {
  const ids = { handlingId: to.id, agentId: to.agentId };
  const following = helpers(call).filter(
    ({ handlingId, leadId }) => handlingId === from.id && leadId !== to.agentId,
  );
  return [
    tell(at, 'system', 'charge.passed', { ...ids, fromHandlingId: from.id, why }),
    ...following.map(({ id, leadId, leadName, wanted }) =>
      tell(at, 'system', 'help.mode-requested', { ...ids, helpId: id, leadId, leadName, mode: wanted }),
    ),
  ];
}

/** The customer talks on with an outside party alone; leads have nobody to help any more. */
export function handedOver(call: CallModel, from: HandlingModel, partyId: string, at: number): Told[] {
  return [
    tell(at, 'system', 'customer.handed-over', { ...idsOf(from), partyId }),
    ...helpers(call).map((help) => helpEnded(call, help, at, 'agent-gone')),
  ];
}

/** The lead is responsible from now on, on the leg that the lead helped from. */
export function tookOver(call: CallModel, help: HelpModel, from: HandlingModel, at: number): Told[] {
  const newHandlingId = crypto.randomUUID();
  const { leadNumber } = help;
  return [
    tell(at, 'lead', 'help.took-over', { ...helpIds(call, help), ...idsOf(from), newHandlingId, leadNumber }),
    ...chargePassed(call, from, { id: newHandlingId, agentId: help.leadId }, at, 'take-over'),
  ];
}
