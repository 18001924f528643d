import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { type LegSound, soundSideSchema } from '../contracts/sound-quality.js';
import type { LegFigures } from './domain/leg-figures.js';
import type { SoundLeg } from './domain/sound-legs.js';

/** What is to be added to a leg's stored sound. */
export interface SoundPart {
  leg: SoundLeg;
  codec: string;
  firstAt: Date;
  figures: LegFigures;
}

const rowsSchema = z.array(
  z.object({
    leg_id: z.string(),
    side: soundSideSchema,
    agent_id: z.uuid().nullable(),
    codec: z.string(),
    samples: z.number(),
    mos_average: z.number(),
    mos_worst: z.number(),
    loss_average: z.number(),
    jitter_average: z.number(),
    round_trip_average: z.number().nullable(),
  }),
);

/** Stored sound, one row a leg. Parts add up, so it does not matter which process measured which of them. */
@Injectable()
export class SoundRecords {
  constructor(private readonly source: DataSource) {}

  /** Adds the parts, all or none of them; at most one part of a leg. */
  async add(parts: readonly SoundPart[]): Promise<void> {
    if (parts.length === 0) return;
    await this.source.query(addition, [JSON.stringify(parts.map(rowOf))]);
  }

  /** The legs of a call, in the order in which they were first heard. */
  async ofCall(callId: string): Promise<LegSound[]> {
    const rows = rowsSchema.parse(await this.source.query(reading, [callId]));
    return rows.map((row) => ({
      legId: row.leg_id,
      side: row.side,
      agentId: row.agent_id,
      codec: row.codec,
      samples: row.samples,
      mosAverage: row.mos_average,
      mosWorst: row.mos_worst,
      lossShare: row.loss_average,
      jitterMs: row.jitter_average,
      roundTripMs: row.round_trip_average,
    }));
  }
}

function rowOf({ leg, codec, firstAt, figures }: SoundPart) {
  return {
    leg_id: leg.legId,
    call_id: leg.callId,
    side: leg.side,
    agent_id: leg.agentId,
    codec,
    first_at: firstAt.toISOString(),
    samples: figures.samples,
    over_ms: figures.overMs,
    mos_ms: figures.mosMs,
    mos_worst: figures.mosWorst,
    loss_ms: figures.lossMs,
    jitter_ms: figures.jitterMs,
    round_trip_ms: figures.roundTripMs,
    round_trip_over_ms: figures.roundTripOverMs,
  };
}

const addition = `
  insert into leg_sound as stored
  select * from jsonb_populate_recordset(null::leg_sound, $1::jsonb)
  on conflict (leg_id) do update set
    codec = excluded.codec,
    samples = stored.samples + excluded.samples,
    over_ms = stored.over_ms + excluded.over_ms,
    mos_ms = stored.mos_ms + excluded.mos_ms,
    mos_worst = least(stored.mos_worst, excluded.mos_worst),
    loss_ms = stored.loss_ms + excluded.loss_ms,
    jitter_ms = stored.jitter_ms + excluded.jitter_ms,
    round_trip_ms = stored.round_trip_ms + excluded.round_trip_ms,
    round_trip_over_ms = stored.round_trip_over_ms + excluded.round_trip_over_ms`;

const reading = `
  select leg_id, side, agent_id, codec, samples, mos_worst,
    mos_ms / over_ms as mos_average,
    loss_ms / over_ms as loss_average,
    jitter_ms / over_ms as jitter_average,
    round_trip_ms / nullif(round_trip_over_ms, 0) as round_trip_average
  from leg_sound where call_id = $1 order by first_at, leg_id`;
