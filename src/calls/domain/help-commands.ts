import type { HelpMode } from '../../contracts/live-help.js';
import { refuse } from '../../kernel/refusal.js';
import { helpLegOf } from './advance-handling.js';
import { isAnnouncing } from './agent-number.js';
import { activeHandling, type CallModel, helpers, idsOf, inTalk, isOpen } from './call-model.js';
import type { HelpModel } from './call-parts.js';
import { tookOver } from './charge.js';
import { because, type Decision, nothing, tell } from './decision.js';
import { type Desk, done, notNow } from './desk.js';
import { helpEnded, helpIds } from './help-facts.js';
import { holdClosed } from './transfer-endings.js';

/** Who comes to help. */
export interface Lead {
  id: string;
  name: string;
  number: string;
}

const refusedNow = (call: CallModel): Decision =>
  because(
    call.state === 'ended' ? refuse('call.ended') : refuse('call.not-allowed-now', { state: call.state }),
  );

const helpOf = (call: CallModel, leadId: string): HelpModel | undefined =>
  helpers(call).find((help) => help.leadId === leadId);

/** Clause 20: the agent asks for a lead by one key. */
export function callForHelp(desk: Desk): Decision {
  const { handling, now } = desk;
  if (!inTalk(handling) && desk.handling.phase !== 'consulted') return notNow(desk);
  return handling.helpCalledAt === null ? done(tell(now, 'agent', 'help.called', idsOf(handling))) : nothing;
}

export function withdrawCallForHelp(desk: Desk): Decision {
  const { handling, now } = desk;
  return handling.helpCalledAt === null
    ? nothing
    : done(tell(now, 'agent', 'help.call-withdrawn', idsOf(handling)));
}

/** A lead comes to the call, or changes from listening to whispering and so on. Many may listen, one may speak. */
export function helpCall(call: CallModel, lead: Lead, mode: HelpMode, now: number): Decision {
  const main = activeHandling(call);
  if (!main || !inTalk(main) || call.state === 'dialling' || main.hangUpCarriedOut) return refusedNow(call);
  // The lead would be with the agent, and the customer with neither.
  if (isAnnouncing(main)) return refusedNow(call);
  if (call.handlings.some((handling) => handling.agentId === lead.id && isOpen(handling))) {
    return because(refuse('help.own-call'));
  }
  // With nobody at the agent's phone there is nothing to join; the lead may listen, and take over.
  if (mode !== 'listen' && main.away) return because(refuse('call.agent-away'));
  const other = helpers(call).find(({ leadId, wanted }) => leadId !== lead.id && wanted !== 'listen');
  if (mode !== 'listen' && other) return because(refuse('help.other-lead', { lead: other.leadName }));
  const help = helpOf(call, lead.id);
  if (help) {
    if (help.wanted === mode) return nothing;
    return done(tell(now, 'lead', 'help.mode-requested', { ...helpIds(call, help), mode }));
  }
  const helpId = crypto.randomUUID();
  return done(
    tell(now, 'lead', 'help.requested', {
      ...idsOf(main),
      helpId,
      leadId: lead.id,
      leadName: lead.name,
      leadNumber: lead.number,
      legId: helpLegOf(helpId),
      mode,
    }),
  );
}

export function endHelp(call: CallModel, leadId: string, now: number): Decision {
  const help = helpOf(call, leadId);
  return help ? done(helpEnded(call, help, now, 'left')) : because(refuse('help.none'));
}

/** The lead takes the customer; the agent is out of it and writes the record. Not while the customer is being passed on. */
export function takeOverCall(call: CallModel, leadId: string, now: number): Decision {
  const help = helpOf(call, leadId);
  const main = activeHandling(call);
  if (help?.phase !== 'here') return because(refuse('help.none'));
  if (!inTalk(main) || main.hangUpCarriedOut) return refusedNow(call);
  if (call.transfer) return because(refuse('transfer.under-way'));
  return done(
    ...holdClosed(main, now),
    ...tookOver(call, help, main, now),
    tell(now, 'system', 'wrap-up.started', idsOf(main)),
  );
}
