import { randomUUID } from 'node:crypto';
import type {
  EndedBy,
  Fact,
  FactKind,
  FactOf,
  Speaker,
  TimelineEvent,
} from '../../src/contracts/timeline.js';
import { emptyWrapUp, type WrapUp } from '../../src/contracts/wrap-up.js';

export interface StoryOptions {
  callId?: string;
  handlingId?: string;
  agentId?: string;
  agentNumber?: string;
  fromNumber?: string;
  direction?: 'inbound' | 'outbound';
  policyVersion?: number;
  /** ms since the epoch. */
  startsAt?: number;
}

/**
 * Tells a call as its timeline. Each step happens `after` ms past the one before:
 * `aCall().arrives().queued().rings().answers(4_000).agentSpeaks({ after: 900 }).customerHangsUp(20_000).events()`.
 */
export class TimelineStory {
  readonly callId: string;
  readonly agentId: string;
  readonly agentNumber: string;
  handlingId: string;
  /** ms since the epoch: the story's present. */
  now: number;
  private readonly told: TimelineEvent[] = [];

  constructor(private readonly options: StoryOptions) {
    this.callId = options.callId ?? randomUUID();
    this.agentId = options.agentId ?? randomUUID();
    this.agentNumber = options.agentNumber ?? '801';
    this.handlingId = options.handlingId ?? randomUUID();
    this.now = options.startsAt ?? Date.parse('2026-03-02T09:00:00+08:00');
  }

  arrives(after = 0): this {
    this.pass(after).tell('engine', 'call.arrived', {
      direction: this.options.direction ?? 'inbound',
      channel: 'trunk',
      fromNumber: this.options.fromNumber ?? '13800006021',
      fromName: '',
      dialled: '8000',
      legId: `customer-${this.callId}`,
      policyVersion: this.options.policyVersion ?? 1,
      serviceName: '前台预订',
    });
    return this.tell('engine', 'line.opened', {});
  }

  queued(after = 100): this {
    const queue = { queueId: randomUUID(), queueName: '前台预订', front: false };
    return this.pass(after).tell('system', 'queue.entered', queue);
  }

  /** The phone is offered the call and rings. With `offeredOnly`, it never does. */
  rings({ after = 100, offeredOnly = false } = {}): this {
    const legId = `agent-${this.handlingId}`;
    const offer = { ...this.ids, agentNumber: this.agentNumber, legId, attempt: 1 };
    this.pass(after).tell('system', 'ring.offered', offer);
    return offeredOnly ? this : this.pass(50).tell('engine', 'ring.started', this.ids);
  }

  answers(after = 4_000): this {
    this.pass(after).tell('engine', 'ring.answered', this.ids);
    return this.tell('engine', 'talk.started', this.ids);
  }

  misses(why: FactOf<'ring.missed'>['data']['why'], after = 15_000): this {
    return this.pass(after).tell('system', 'ring.missed', { ...this.ids, why });
  }

  callerGivesUp(after = 3_000): this {
    this.pass(after).tell('customer', 'customer.left', { by: 'customer', cause: 'hung up' });
    this.tell('system', 'ring.cancelled', this.ids);
    return this.tell('system', 'call.ended', { by: 'customer', cause: 'hung up' });
  }

  fileShown(after = 200): this {
    return this.pass(after).tell('agent', 'file.shown', this.ids);
  }

  speaks(who: Speaker, { after = 800, forMs = 2_000 } = {}): this {
    this.pass(after).tell('engine', 'speech.started', { ...this.ids, who });
    return this.pass(forMs).tell('engine', 'speech.ended', { ...this.ids, who, spokeMs: forMs });
  }

  agentSpeaks(speech: { after?: number; forMs?: number } = {}): this {
    return this.speaks('agent', speech);
  }

  customerSpeaks(speech: { after?: number; forMs?: number } = {}): this {
    return this.speaks('customer', speech);
  }

  /** Asked for at the desk and agreed to, then held. Without `forMs` it goes on. */
  held({
    after = 1_000,
    forMs,
    limitMs = 30_000,
    reason = 'check-record',
    asked = true,
  }: HoldStory = {}): this {
    const holdId = randomUUID();
    this.pass(after);
    if (asked) this.tell('agent', 'hold.granted', { ...this.ids, holdId, reason, limitMs });
    this.tell('engine', 'hold.started', { ...this.ids, holdId });
    if (forMs === undefined) return this;
    return this.pass(forMs).tell('engine', 'hold.ended', { ...this.ids, holdId, heldMs: forMs });
  }

  holdDeclined(after = 1_000): this {
    return this.pass(after).tell('agent', 'hold.declined', { ...this.ids, reason: 'check-record' });
  }

  heldByPhone({ after = 1_000, forMs = 10_000 } = {}): this {
    this.pass(after).tell('engine', 'hold.by-device', this.ids);
    return this.pass(forMs).tell('engine', 'hold.by-device-ended', this.ids);
  }

  customerHangsUp(after = 1_000): this {
    return this.pass(after).ends('customer');
  }

  systemEnds(by: EndedBy, after = 1_000): this {
    return this.pass(after).ends(by);
  }

  agentHangsUp({ after = 5_000, reason = null }: { after?: number; reason?: string | null } = {}): this {
    this.pass(after).tell('agent', 'hang-up.carried-out', { ...this.ids, reason });
    return this.pass(20).ends('agent');
  }

  agentLost(why: FactOf<'agent.lost'>['data']['why'], after = 1_000): this {
    this.pass(after).tell('engine', 'agent.lost', { ...this.ids, why });
    return this.tell('system', 'wrap-up.started', this.ids);
  }

  /** Nobody watched for the last `ms`. */
  gap(ms: number): this {
    const from = new Date(this.now).toISOString();
    this.pass(ms);
    return this.tell('system', 'engine.gap', { from, until: new Date(this.now).toISOString() });
  }

  wrapsUp(record: Partial<WrapUp> = {}, after = 20_000): this {
    return this.pass(after).tell('agent', 'wrap-up.completed', {
      ...this.ids,
      record: { ...completeRecord, ...record },
    });
  }

  digits(after = 10): this {
    return this.pass(after).tell('engine', 'digit.received', { digit: '1', who: 'customer' });
  }

  mutes(after = 10): this {
    this.pass(after).tell('agent', 'mute.started', this.ids);
    return this.tell('agent', 'mute.ended', this.ids);
  }

  pass(ms: number): this {
    this.now += ms;
    return this;
  }

  /** Any fact at the story's present. */
  tell<K extends FactKind>(source: TimelineEvent['source'], kind: K, data: FactOf<K>['data']): this {
    const envelope = {
      callId: this.callId,
      seq: this.told.length + 1,
      at: new Date(this.now).toISOString(),
      source,
    };
    this.told.push({ ...envelope, ...({ kind, data } as Fact) });
    return this;
  }

  events(): TimelineEvent[] {
    return [...this.told];
  }

  private get ids() {
    return { handlingId: this.handlingId, agentId: this.agentId };
  }

  private ends(by: EndedBy): this {
    this.tell('engine', 'customer.left', { by, cause: 'ended' });
    this.tell('system', 'wrap-up.started', this.ids);
    return this.tell('system', 'call.ended', { by, cause: 'ended' });
  }
}

export interface HoldStory {
  after?: number;
  forMs?: number;
  limitMs?: number;
  reason?: string;
  /** False: held without the question. */
  asked?: boolean;
}

/** A record that owes nothing under the default policy. */
export const completeRecord: WrapUp = {
  ...emptyWrapUp,
  outcome: 'resolved',
  customerName: '王芳',
  customerNumber: '13800006021',
  nameReadBack: true,
  numberReadBack: true,
  note: '改订大床房',
};

/** The beginning of every story. */
export const aCall = (options: StoryOptions = {}): TimelineStory => new TimelineStory(options);

/** A call that reached an agent's ear: rung at once, answered after `after` ms. */
export const anAnsweredCall = (after = 4_000, options: StoryOptions = {}): TimelineStory =>
  aCall(options)
    .arrives()
    .queued()
    .rings()
    .fileShown()
    .answers(Math.max(0, after - 200));
