import { randomUUID } from 'node:crypto';
import type { ListeningMode } from '../port/engine-event.js';

/** Where a leg listens to another. */
export interface ListeningPlace {
  kind: 'listening';
  legId: string;
  targetLegId: string;
  mode: ListeningMode;
}

/** Where a leg can be. Bridges get ids of their own (a just-removed id can be refused) and say by name what they are. */
export type Place = { kind: 'room'; roomId: string } | { kind: 'waiting'; legId: string } | ListeningPlace;

const roomPrefix = 'sanling/room/';
const waitingPrefix = 'sanling/waiting/';
const listeningName = /^sanling\/(listen|whisper)\/([^/]+)\/([^/]+)$/;

/** The name of the bridge for a place. */
export function placeName(place: Place): string {
  if (place.kind === 'room') return roomPrefix + place.roomId;
  if (place.kind === 'waiting') return waitingPrefix + place.legId;
  return `sanling/${place.mode}/${place.legId}/${place.targetLegId}`;
}

/** What a bridge is for; undefined when it is none of ours. */
export function placeOf(bridgeName: string): Place | undefined {
  if (bridgeName.startsWith(roomPrefix)) return { kind: 'room', roomId: bridgeName.slice(roomPrefix.length) };
  if (bridgeName.startsWith(waitingPrefix))
    return { kind: 'waiting', legId: bridgeName.slice(waitingPrefix.length) };
  const [, mode, legId, targetLegId] = listeningName.exec(bridgeName) ?? [];
  if (!legId || !targetLegId) return undefined;
  return { kind: 'listening', legId, targetLegId, mode: mode === 'whisper' ? 'whisper' : 'listen' };
}

export function newBridgeId(): string {
  return `sanling-${randomUUID()}`;
}
