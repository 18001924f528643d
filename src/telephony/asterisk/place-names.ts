import { randomUUID } from 'node:crypto';

/** Where a leg can be. Bridges get ids of their own (a just-removed id can be refused) and say by name what they are. */
export type Place = { kind: 'room'; roomId: string } | { kind: 'waiting'; legId: string };

const roomPrefix = 'sanling/room/';
const waitingPrefix = 'sanling/waiting/';

/** The name of the bridge for a place. */
export function placeName(place: Place): string {
  return place.kind === 'room' ? roomPrefix + place.roomId : waitingPrefix + place.legId;
}

/** What a bridge is for; undefined when it is none of ours. */
export function placeOf(bridgeName: string): Place | undefined {
  if (bridgeName.startsWith(roomPrefix)) return { kind: 'room', roomId: bridgeName.slice(roomPrefix.length) };
  if (bridgeName.startsWith(waitingPrefix))
    return { kind: 'waiting', legId: bridgeName.slice(waitingPrefix.length) };
  return undefined;
}

export function newBridgeId(): string {
  return `sanling-${randomUUID()}`;
}
