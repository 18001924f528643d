import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { reservationKeys } from './reservation.js';

const batch = 200;
const entrySchema = z.tuple([z.string(), z.array(z.string())]).transform(([entryId, flat]) => {
  const fields = Object.fromEntries(
    Array.from(
      { length: flat.length / 2 },
      (_, pair) => flat.slice(pair * 2, pair * 2 + 2) as [string, string],
    ),
  );
  return { entryId, ...fieldsSchema.parse(fields) };
});
const fieldsSchema = z.object({
  agentId: z.uuid(),
  at: z.coerce.number(),
  state: z.string(),
  reason: z.string(),
  callId: z.string(),
  handlingId: z.string(),
  deviceReady: z.string(),
});
type Entry = z.output<typeof entrySchema>;

/**
 * Carries what happened to the agents' presence from the Redis stream, where it is written in the same script as the
 * change itself, to the append-only table. Entries carry the stream's id, so that a crash between the two, or two
 * processes at once, write each entry once.
 */
@Injectable()
export class PresenceLog implements BeforeApplicationShutdown {
  private readonly logger = new Logger(PresenceLog.name);
  private running: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly redis: RedisConnections,
    private readonly source: DataSource,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    await this.carryOver();
  }

  /** Carries over everything that is there. When the database is away the entries stay for the next time. */
  async carryOver(): Promise<void> {
    if (this.running) this.again = true;
    else this.running = this.run();
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      do {
        this.again = false;
        while ((await this.carryBatch()) === batch);
      } while (this.again);
    } catch (error) {
      this.logger.warn({ msg: 'presence log: entries stay in Redis for now', err: error });
    }
    this.running = undefined;
  }

  private async carryBatch(): Promise<number> {
    const raw = await this.redis.shared.xrange(reservationKeys.log, '-', '+', 'COUNT', batch);
    const entries = z.array(entrySchema).parse(raw);
    if (entries.length === 0) return 0;
    await this.insert(entries);
    await this.redis.shared.xdel(reservationKeys.log, ...entries.map(({ entryId }) => entryId));
    return entries.length;
  }

  private async insert(entries: Entry[]): Promise<void> {
    const rows = entries.map((entry) => ({
      entry_id: entry.entryId,
      agent_id: entry.agentId,
      at: new Date(entry.at).toISOString(),
      state: entry.state,
      reason: entry.reason || null,
      call_id: entry.callId || null,
      handling_id: entry.handlingId || null,
      device_ready: entry.deviceReady === '1',
    }));
    await this.source.query(
      `insert into presence_log (entry_id, agent_id, at, state, reason, call_id, handling_id, device_ready)
        select entry_id, agent_id, at, state, reason, call_id, handling_id, device_ready
        from jsonb_to_recordset($1::jsonb) as row(entry_id text, agent_id uuid, at timestamptz, state text,
          reason text, call_id uuid, handling_id uuid, device_ready boolean)
        on conflict (entry_id) do nothing`,
      [JSON.stringify(rows)],
    );
  }
}
