import { musicHz, promptHz, type Said } from './simulated-audio.js';
import type { SimulatedLeg } from './simulated-leg.js';

/** What the leg's party hears now: frequencies. */
export function heardBy(leg: SimulatedLeg, legs: ReadonlyMap<string, SimulatedLeg>): readonly Said[] {
  if (leg.state !== 'up') return [];
  if (leg.prompts.size > 0) return [promptHz];
  if (leg.place.kind === 'waiting') return [musicHz];
  if (leg.place.kind === 'listening') {
    const target = legs.get(leg.place.targetLegId);
    if (!target) throw new Error(`no leg ${leg.place.targetLegId}`);
    return [target.says, ...heardOfOthers(target, legs)].filter((tone) => tone > 0);
  }
  const whispers = listenersOf(leg.legId, legs).filter(
    ({ place }) => place.kind === 'listening' && place.mode === 'whisper',
  );
  return [...heardOfOthers(leg, legs), ...whispers.map(({ says }) => says)].filter((tone) => tone > 0);
}

/** Legs that are up and listen to this one. */
export function listenersOf(legId: string, legs: ReadonlyMap<string, SimulatedLeg>): SimulatedLeg[] {
  return [...legs.values()].filter(
    ({ state, place }) => state === 'up' && place.kind === 'listening' && place.targetLegId === legId,
  );
}

/** Legs that are up and in the same room. */
export function othersInRoom(leg: SimulatedLeg, legs: ReadonlyMap<string, SimulatedLeg>): SimulatedLeg[] {
  const { place } = leg;
  if (place.kind !== 'room') return [];
  return [...legs.values()].filter(
    (other) =>
      other !== leg &&
      other.state === 'up' &&
      other.place.kind === 'room' &&
      other.place.roomId === place.roomId,
  );
}

/** Without the whispers of those who listen. */
function heardOfOthers(leg: SimulatedLeg, legs: ReadonlyMap<string, SimulatedLeg>): readonly Said[] {
  if (leg.place.kind === 'waiting') return [musicHz];
  const others = othersInRoom(leg, legs);
  return others.some((other) => other.heldByDevice) ? [musicHz] : others.map((other) => other.says);
}
