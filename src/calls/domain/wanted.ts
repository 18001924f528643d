import { isAnnouncing } from './agent-number.js';
import {
  activeHandling,
  type CallModel,
  customerIsHeld,
  type HandlingModel,
  handlingOf,
} from './call-model.js';
import type { HelpModel, PartyModel } from './call-parts.js';

/**
 * Where a leg should be at the engine. `arriving`: its line is to be opened; `ringing`: it is rung, or may be; `apart`: up and
 * with nobody, for a moment; `listen`, `whisper`: a lead's, beside the agent whom the lead helps.
 */
export type Place = 'gone' | 'arriving' | 'ringing' | 'apart' | 'waiting' | 'room' | 'listen' | 'whisper';

/**
 * Where every leg of the call should be, as its facts have it: what is asked of the engine after a fact leads there, and what
 * was not done, or was lost, is found by comparing it with what the engine has.
 */
export function wantedPlaces(call: CallModel): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const help of call.helps) places.set(help.legId, placeOfHelp(help));
  for (const party of call.parties) places.set(party.legId, placeOfParty(call, party));
  for (const handling of call.handlings) {
    for (const legId of handling.formerLegIds) places.set(legId, 'gone');
    if (handling.recallLegId !== null)
      places.set(handling.recallLegId, isWith(handling) ? 'ringing' : 'gone');
    // Also the leg of a lead who took over, who is gone as a helper.
    places.set(handling.legId, placeOfAgent(call, handling));
  }
  // Nobody is rung before the agent has answered.
  if (call.dial?.startedAt !== null) places.set(call.arrival.legId, placeOfCustomer(call));
  return places;
}

const isWith = ({ phase }: HandlingModel): boolean =>
  phase === 'talking' || phase === 'held' || phase === 'consulted';

function placeOfCustomer(call: CallModel): Place {
  if (!call.customerLegAlive || call.turnedAway) return 'gone';
  // Whoever is responsible by now.
  if (call.handlings.some(({ hangUpCarriedOut }) => hangUpCarriedOut)) return 'gone';
  const main = activeHandling(call);
  switch (call.state) {
    case 'dialling':
      return 'ringing';
    case 'menu':
      return call.menu?.to === 'end' ? 'gone' : 'waiting';
    case 'handed-over':
      return call.parties.some(({ phase }) => phase === 'here') ? 'room' : 'gone';
    case 'talking':
    case 'held':
      return main && (main.away || customerIsHeld(main) || isAnnouncing(main)) ? 'waiting' : 'room';
    case 'arriving':
      return call.openedAt === null ? 'arriving' : 'apart';
    case 'queued':
    case 'ringing':
      return 'waiting';
    case 'ended':
      return 'gone';
  }
}

function placeOfAgent(call: CallModel, handling: HandlingModel): Place {
  if (call.closed || handling.away) return 'gone';
  switch (handling.phase) {
    case 'offered':
    case 'ringing':
      return 'ringing';
    case 'talking':
    case 'held':
      return isAnnouncing(handling) ? 'apart' : 'room';
    case 'consulted':
      return placeOfTarget(call);
    default:
      return 'gone';
  }
}

/** Agent and target talk in the call's room, but not before the customer hears music: they would hear the two. */
function placeOfTarget(call: CallModel): Place {
  if (call.transfer?.with === 'customer') return 'waiting';
  const main = handlingOf(call, call.transfer?.handlingId ?? '');
  return main?.hold?.startedAt == null ? 'apart' : 'room';
}

function placeOfParty(call: CallModel, { id, phase }: PartyModel): Place {
  if (call.closed || phase === 'gone') return 'gone';
  if (phase !== 'here') return 'ringing';
  return id === call.transfer?.partyId ? placeOfTarget(call) : 'room';
}

function placeOfHelp({ phase, wanted }: HelpModel): Place {
  if (phase !== 'here') return phase === 'gone' ? 'gone' : 'ringing';
  return wanted === 'join' ? 'room' : wanted;
}
