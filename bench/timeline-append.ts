/**
 * Facts committed a second, one transaction each, by call control's own `CallRecords` against the ceiling: the same row
 * inserted by a bare prepared statement in a transaction of its own, over the same number of connections. Rounds of
 * both alternate; the ratio is the median of the rounds' ratios.
 */
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { callEntity } from '../src/calls/call.entity.js';
import { CallRecords } from '../src/calls/call-records.js';
import { advance } from '../src/calls/domain/advance.js';
import type { CallModel } from '../src/calls/domain/call-model.js';
import { handlingEntity, wrapUpDraftEntity } from '../src/calls/handling.entity.js';
import { NodeFences } from '../src/calls/node-fences.js';
import { timelineEventEntity } from '../src/calls/timeline-event.entity.js';
import { mainNode } from '../src/contracts/node.js';
import type { TimelineEvent } from '../src/contracts/timeline.js';
import { loadMigrations, migrate } from '../src/platform/database/migrations.js';
import { outboxEntity } from '../src/platform/jobs/outbox.entity.js';
import { Outbox } from '../src/platform/jobs/outbox.js';
import { defaultPolicy } from '../src/standard/policy/default-policy.js';
import { freshDatabase } from '../test/support/services.js';

const rounds = 7;
const callsAtOnce = 8;
const factsACall = 60;

function facts(): TimelineEvent[] {
  const callId = randomUUID();
  const handling = { handlingId: randomUUID(), agentId: randomUUID() };
  const at = (index: number) => new Date(Date.now() + index).toISOString();
  const first: TimelineEvent = {
    callId,
    seq: 1,
    at: at(0),
    source: 'engine',
    kind: 'call.arrived',
    data: {
      direction: 'inbound',
      channel: 'trunk',
      fromNumber: '13812346021',
      fromName: '',
      dialled: '8000',
      legId: 'leg',
      policyVersion: 1,
      serviceName: '前台预订',
    },
  };
  const rest = Array.from({ length: factsACall - 1 }, (_, index): TimelineEvent => {
    const seq = index + 2;
    const kind = index % 2 === 0 ? 'speech.started' : 'speech.ended';
    const spoke = kind === 'speech.ended' ? { spokeMs: 900 } : {};
    return {
      callId,
      seq,
      at: at(seq),
      source: 'agent',
      kind,
      data: { ...handling, who: 'agent', ...spoke },
    } as TimelineEvent;
  });
  return [first, ...rest];
}

async function ours(records: CallRecords): Promise<number> {
  const stories = Array.from({ length: callsAtOnce }, facts);
  const started = performance.now();
  await Promise.all(
    stories.map(async (story) => {
      let call: CallModel | null = null;
      const live = { timeline: story, policy: defaultPolicy, drafts: new Map() };
      for (const fact of story) {
        const next = advance(call, fact);
        await records.append(call, { ...live, model: next }, [fact]);
        call = next;
      }
    }),
  );
  return (callsAtOnce * factsACall * 1_000) / (performance.now() - started);
}

async function ceiling(pool: pg.Pool): Promise<number> {
  const stories = Array.from({ length: callsAtOnce }, facts);
  const started = performance.now();
  await Promise.all(
    stories.map(async (story) => {
      const client = await pool.connect();
      for (const { callId, seq, at, source, kind, data } of story) {
        await client.query({
          name: 'append',
          text: 'insert into bare_events (call_id, seq, at, source, kind, data) values ($1, $2, $3, $4, $5, $6)',
          values: [callId, seq, at, source, kind, data],
        });
      }
      client.release();
    }),
  );
  return (callsAtOnce * factsACall * 1_000) / (performance.now() - started);
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const database = await freshDatabase();
const source = await new DataSource({
  type: 'postgres',
  url: database.url,
  entities: [callEntity, timelineEventEntity, handlingEntity, wrapUpDraftEntity, outboxEntity],
  migrations: await loadMigrations(),
  poolSize: callsAtOnce,
}).initialize();
const pool = new pg.Pool({ connectionString: database.url, max: callsAtOnce });
try {
  await migrate(source);
  await source.query('create table bare_events (like timeline_events including defaults including indexes)');
  const fences = new NodeFences(source);
  await fences.raise(mainNode, 'bench');
  const records = new CallRecords(source, new Outbox(), fences);
  await ours(records);
  await ceiling(pool);
  const measured: { ours: number; ceiling: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    measured.push({ ours: await ours(records), ceiling: await ceiling(pool) });
  }
  const result = {
    name: 'timeline-append',
    ours: Math.round(median(measured.map((one) => one.ours))),
    ceiling: Math.round(median(measured.map((one) => one.ceiling))),
    ratio: Number(median(measured.map((one) => one.ours / one.ceiling)).toFixed(3)),
    unit: 'facts/s',
    rounds,
  };
  console.log(JSON.stringify(result));
} finally {
  await pool.end();
  await source.destroy();
  await database.drop();
}
