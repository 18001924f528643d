import { z } from 'zod';
import type { ExistingLeg } from '../port/engine-event.js';
import type { AriClient } from './ari-client.js';
import {
  type AriBridge,
  type AriChannel,
  ariBridgeSchema,
  ariChannelSchema,
  ariStatusSchema,
} from './ari-schema.js';
import { isArrival, isOurs, type LegRecord, waitsOutside } from './leg-record.js';
import { placeOf } from './place-names.js';
import { isSnoop } from './snoops.js';
import { arrivedLeg } from './translation.js';

/** What exists in Asterisk when the link (re)opens. */
export interface Stock {
  channels: readonly AriChannel[];
  bridges: readonly AriBridge[];
  /** Channels by which legs listen to others. */
  snoopIds: readonly string[];
  /** Callers whom the dialplan lets wait, since nobody was connected. */
  outside: readonly string[];
  /** When Asterisk itself started. */
  since: number;
}

/** Lists our channels and all bridges. */
export async function takeStock(ari: AriClient, app: string): Promise<Stock> {
  const [channels, bridges, info] = await Promise.all([
    ari.get('channels', z.array(ariChannelSchema)),
    ari.get('bridges', z.array(ariBridgeSchema)),
    ari.get('asterisk/info', ariStatusSchema, { only: 'status' }),
  ]);
  if (!info) throw new Error('ARI has no info');
  return {
    since: info.status.startup_time,
    channels: (channels ?? []).filter((channel) => isOurs(channel, app)),
    bridges: bridges ?? [],
    snoopIds: (channels ?? []).filter(isSnoop).map(({ id }) => id),
    outside: (channels ?? [])
      .filter(waitsOutside)
      .sort((one, other) => one.creationtime - other.creationtime)
      .map(({ id }) => id),
  };
}

/** The record of a channel that was there before us. What we knew of it from before the interruption is kept. */
export function recordOf(channel: AriChannel, before: LegRecord | undefined): LegRecord {
  const rung = channel.dialplan.app_name === 'AppDial2' || before?.origin === 'rung';
  const up = channel.state === 'Up' && channel.dialplan.app_name !== 'AppDial2';
  return {
    ...before,
    legId: channel.id,
    origin: rung ? 'rung' : 'arrived',
    phase: up ? 'up' : channel.state === 'Ringing' ? 'ringing' : 'new',
  };
}

/** How the port tells it. */
export function existingLegs(
  stock: Pick<Stock, 'channels' | 'bridges'>,
  trunks: readonly string[],
): ExistingLeg[] {
  return stock.channels.map((channel) => {
    const places = stock.bridges.flatMap((bridge) => {
      const place = bridge.channels.includes(channel.id) ? placeOf(bridge.name) : undefined;
      return place ? [place] : [];
    });
    const room = places.find((place) => place.kind === 'room');
    const arrived = isArrival(channel) ? arrivedLeg(channel, trunks) : undefined;
    const ear = places.find((place) => place.kind === 'listening' && place.legId === channel.id);
    return {
      legId: channel.id,
      state: channel.state === 'Up' ? 'up' : 'ringing',
      ...(arrived ? { arrival: { at: channel.creationtime, leg: arrived } } : {}),
      ...(room ? { roomId: room.roomId } : {}),
      waiting: places.some((place) => place.kind === 'waiting'),
      ...(ear?.kind === 'listening' ? { listening: { targetLegId: ear.targetLegId, mode: ear.mode } } : {}),
    };
  });
}
