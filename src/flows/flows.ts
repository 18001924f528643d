import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type {
  FlowDocument,
  FlowFault,
  FlowNumber,
  FlowParts,
  FlowPublish,
  FlowVersion,
  FlowVersionRow,
} from '../contracts/flow.js';
import { Audit } from '../identity/audit.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import type { Db } from '../platform/database/db.js';
import { QueuesService } from '../routing/queues.service.js';
import { Policies } from '../standard/policies.js';
import { flowFaults } from './domain/flow-faults.js';
import { allPrompts } from './domain/flow-graph.js';
import { FlowPrompts } from './flow-prompts.js';
import { FlowVersions } from './flow-versions.js';

/** What callers go through before the queue: read and changed by people of the house. */
@Injectable()
export class Flows {
  constructor(
    private readonly source: DataSource,
    private readonly known: FlowVersions,
    private readonly queues: QueuesService,
    private readonly prompts: FlowPrompts,
    private readonly policies: Policies,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Every service number, with its flow in force. */
  async numbers(actor: Actor): Promise<FlowNumber[] | Refusal> {
    const denied = denyUnless(actor, 'flows.read');
    if (denied) return denied;
    const queues = await this.queues.all();
    return Promise.all(
      queues.map(async ({ number, name }) => {
        const found = await this.known.newest(number);
        return { number, queueName: name, flow: found ? summary(found) : null };
      }),
    );
  }

  /** The version of a number in force now. */
  async current(actor: Actor, number: string): Promise<FlowVersion | Refusal> {
    const denied = denyUnless(actor, 'flows.read');
    if (denied) return denied;
    return (await this.known.newest(number)) ?? refuse('flow.not-found', { number });
  }

  /** Every version of a number's flow, newest first, without the documents. */
  async versions(actor: Actor, number: string): Promise<FlowVersionRow[] | Refusal> {
    return denyUnless(actor, 'flows.read') ?? (await this.known.rows(number));
  }

  /** One version of a number's flow. */
  async version(actor: Actor, number: string, version: number): Promise<FlowVersion | Refusal> {
    const denied = denyUnless(actor, 'flows.read');
    if (denied) return denied;
    return (await this.known.ofNumber(number, version)) ?? refuse('flow.not-found', { number, version });
  }

  /** What a flow can be made of. */
  async parts(actor: Actor): Promise<FlowParts | Refusal> {
    const denied = denyUnless(actor, 'flows.read');
    if (denied) return denied;
    const [queues, uploaded, { document }] = await Promise.all([
      this.queues.all(),
      this.prompts.uploaded(),
      this.policies.current(),
    ]);
    return {
      uploaded,
      queues: queues.map(({ id, name, number }) => ({ id, name, number })),
      timeZone: document.timeZone,
    };
  }

  /** What keeps a document from being published; nothing is changed. */
  async check(actor: Actor, document: FlowDocument): Promise<FlowFault[] | Refusal> {
    return denyUnless(actor, 'flows.read') ?? (await this.faults(document));
  }

  /** Adds a version for calls that arrive from now on. */
  async publish(actor: Actor, number: string, wish: FlowPublish): Promise<FlowVersion | Refusal> {
    const denied = denyUnless(actor, 'flows.write');
    if (denied) return denied;
    if (!(await this.queues.byNumber(number))) return refuse('flow.number-unknown', { number });
    const faults = await this.faults(wish.document);
    if (faults.length > 0) return refuse('flow.faulty', { faults });
    return this.source.transaction((db) => this.append(db, actor, number, wish));
  }

  private async append(
    db: Db,
    actor: Actor,
    number: string,
    { basedOn, why, document }: FlowPublish,
  ): Promise<FlowVersion | Refusal> {
    await this.known.lock(db);
    const newest = await this.known.newest(number, db);
    const version = newest?.version ?? 0;
    if (version !== basedOn) return refuse('flow.changed-meanwhile', { basedOn, current: version });
    const added = await this.known.add(db, {
      number,
      version: version + 1,
      flowId: newest?.flowId ?? randomUUID(),
      createdAt: new Date(this.clock.now()),
      createdBy: actor.login,
      why,
      document,
    });
    await this.audit.write(actor, 'flow.published', `flow:${number}`, { version: added.version, why }, db);
    return added;
  }

  private async faults(document: FlowDocument): Promise<FlowFault[]> {
    const [queues, soundOf] = await Promise.all([
      this.queues.all(),
      this.prompts.sounds(allPrompts(document)),
    ]);
    return flowFaults(document, {
      isPrompt: (ref) => soundOf(ref) !== undefined,
      isQueue: (queueId) => queues.some(({ id }) => id === queueId),
    });
  }
}

function summary({ document, ...row }: FlowVersion): FlowNumber['flow'] {
  return { ...row, name: document.name, enabled: document.enabled };
}
