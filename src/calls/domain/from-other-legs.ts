import { type CallModel, handlingOf } from './call-model.js';
import type { HelpModel, PartyModel } from './call-parts.js';
import { type Told, tell } from './decision.js';
import { helpEnded, helpIds } from './help-facts.js';
import type { LegEvent } from './leg-event.js';
import { transferFailed } from './transfer-endings.js';

function answered(call: CallModel, party: PartyModel, at: number): Told[] {
  if (party.phase !== 'dialled' && party.phase !== 'ringing') return [];
  const here = tell(at, 'engine', 'party.answered', { partyId: party.id });
  const { transfer } = call;
  const asked = transfer && handlingOf(call, transfer.handlingId);
  if (!transfer || !asked || transfer.partyId !== party.id) return [here];
  const ids = { handlingId: asked.id, agentId: asked.agentId, transferId: transfer.id };
  const met = tell(at, 'engine', 'transfer.answered', ids);
  return transfer.mode === 'consult' ? [here, met] : [here, met, tell(at, 'engine', 'transfer.merged', ids)];
}

/** The party is gone; where it was a transfer's target, the transfer failed. */
function gone(call: CallModel, party: PartyModel, at: number): Told[] {
  if (party.phase === 'gone') return [];
  const left = tell(at, 'engine', 'party.left', { partyId: party.id, by: 'outside' });
  if (call.transfer?.partyId !== party.id) return [left];
  return [left, ...transferFailed(withoutParty(call, party), at, 'target-left')];
}

const withoutParty = (call: CallModel, { id }: PartyModel): CallModel => ({
  ...call,
  parties: call.parties.filter((party) => party.id !== id),
});

/** The facts that an event of an outside party's leg adds. */
export function aboutParty(call: CallModel, party: PartyModel, event: LegEvent): Told[] {
  switch (event.kind) {
    case 'leg.ringing':
      return party.phase === 'dialled'
        ? [tell(event.at, 'engine', 'party.ringing', { partyId: party.id })]
        : [];
    case 'leg.answered':
      return answered(call, party, event.at);
    case 'leg.refused': {
      if (party.phase !== 'dialled' && party.phase !== 'ringing') return [];
      const { at, why, sipStatus } = event;
      const refused = tell(at, 'engine', 'party.refused', {
        partyId: party.id,
        why,
        sipStatus: sipStatus ?? null,
      });
      if (call.transfer?.partyId !== party.id) return [refused];
      return [refused, ...transferFailed(withoutParty(call, party), at, why)];
    }
    case 'leg.ended':
      return gone(call, party, event.at);
    default:
      return [];
  }
}

/** The facts that an event of a lead's leg adds. After a take-over the leg is an agent's and comes here no more. */
export function aboutHelp(call: CallModel, help: HelpModel, event: LegEvent): Told[] {
  if (help.phase === 'gone') return [];
  const ids = helpIds(call, help);
  switch (event.kind) {
    case 'leg.answered':
      return help.phase === 'ringing' ? [tell(event.at, 'engine', 'help.answered', ids)] : [];
    case 'leg.listening':
      return help.mode === event.mode || help.wanted !== event.mode
        ? []
        : [tell(event.at, 'engine', 'help.started', { ...ids, mode: event.mode })];
    case 'leg.connected':
      return help.mode === 'join' || help.wanted !== 'join'
        ? []
        : [tell(event.at, 'engine', 'help.started', { ...ids, mode: 'join' })];
    case 'leg.refused':
      return [helpEnded(call, help, event.at, 'refused')];
    case 'leg.ended':
      return [helpEnded(call, help, event.at, 'left')];
    default:
      return [];
  }
}
