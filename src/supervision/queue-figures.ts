import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { QueueStatus } from '../contracts/floor.js';
import { Clock } from '../kernel/clock.js';
import { Config } from '../platform/config/config.js';

export type Today = QueueStatus['today'];

export const serviceLevelSeconds = 20;
/** A busy minute must not make the board count the day's calls over and over. */
export const figuresFreshForMs = 1_000;

const count = z.coerce.number().int();
const rowsSchema = z.array(
  z.object({
    queueId: z.string(),
    arrived: count,
    answered: count,
    abandoned: count,
    inTime: count,
    due: count,
  }),
);

export const noCalls: Today = {
  arrived: 0,
  answered: 0,
  abandoned: 0,
  serviceLevel: null,
  serviceLevelSeconds,
};

/** The day's figures of each queue, from the calls themselves. The day is the house's. */
@Injectable()
export class QueueFigures {
  private known: { at: number; figures: Promise<ReadonlyMap<string, Today>> } | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Today's figures by queue; a queue without calls is not there. */
  async today(): Promise<ReadonlyMap<string, Today>> {
    const now = this.clock.now();
    if (!this.known || now - this.known.at >= figuresFreshForMs)
      this.known = { at: now, figures: this.read(now) };
    try {
      return await this.known.figures;
    } catch (error) {
      this.known = undefined;
      throw error;
    }
  }

  /** A caller who gave up within the service level's seconds could not have been served in it: not counted. */
  private async read(now: number): Promise<ReadonlyMap<string, Today>> {
    const rows = rowsSchema.parse(
      await this.source.query(
        `with today as (
          select *, extract(epoch from coalesce(answered_at, ended_at) - queued_at) <= $3 as soon
          from calls
          where queue_id is not null and queued_at is not null
            and arrived_at >= date_trunc('day', $1::timestamptz, $2)
        )
        select queue_id as "queueId",
          count(*) as arrived,
          count(*) filter (where answered_at is not null) as answered,
          count(*) filter (where outcome = 'abandoned') as abandoned,
          count(*) filter (where answered_at is not null and soon) as "inTime",
          count(*) filter (where answered_at is not null or (outcome = 'abandoned' and not soon)) as due
        from today group by queue_id`,
        [new Date(now), this.config.timeZone, serviceLevelSeconds],
      ),
    );
    return new Map(
      rows.map(({ queueId, arrived, answered, abandoned, inTime, due }) => [
        queueId,
        { arrived, answered, abandoned, serviceLevel: due === 0 ? null : inTime / due, serviceLevelSeconds },
      ]),
    );
  }
}
