import { randomUUID } from 'node:crypto';
import { advance } from '../../src/calls/domain/advance.js';
import { numberPromptOf } from '../../src/calls/domain/agent-number.js';
import { agentAway, recallAgent } from '../../src/calls/domain/away.js';
import {
  activeHandling,
  type CallModel,
  type HandlingModel,
  targetLeg,
} from '../../src/calls/domain/call-model.js';
import { dueFacts, nextLook } from '../../src/calls/domain/deadlines.js';
import { type Decision, iso, type Told, tell } from '../../src/calls/domain/decision.js';
import { type Desk, whenHere } from '../../src/calls/domain/desk.js';
import type { Directive } from '../../src/calls/domain/directive.js';
import { followUps } from '../../src/calls/domain/follow-up.js';
import { factsFromEngine } from '../../src/calls/domain/from-engine.js';
import type { LegEvent } from '../../src/calls/domain/leg-event.js';
import type { MenuRules } from '../../src/calls/domain/menu-model.js';
import { offerCall } from '../../src/calls/domain/offer.js';
import { dialledOut } from '../../src/calls/domain/outbound.js';
import { requestTransfer } from '../../src/calls/domain/transfer-commands.js';
import { mainNode } from '../../src/contracts/node.js';
import type { FactKind, TimelineEvent, TimelineEventOf } from '../../src/contracts/timeline.js';
import type { Target, TransferMode } from '../../src/contracts/transfer.js';
import type { Refusal } from '../../src/kernel/refusal.js';
import { defaultPolicy } from '../../src/standard/policy/default-policy.js';
import { AskedPlaces } from './asked-places.js';

/** The id of an agent of a story, by number. */
export const agentIdOf = (agentNumber: string): string => `00000000-0000-4000-8000-000000000${agentNumber}`;

/** An engine event of a leg without its time, which the story's own clock gives. */
type Untimed<E> = E extends LegEvent ? Omit<E, 'at'> : never;

export const queueOfStory = { queueId: '4c5be1cc-6ab5-4f0c-9b2d-8b2f62d3a001', queueName: '前台预订' };

/**
 * One call told in a test, through the pure domain alone: engine events and agents' commands go in, facts and directives
 * come out. Time moves only by `passes`, which acts on deadlines as the server would.
 */
export class CallStory {
  readonly policy = defaultPolicy;
  readonly callId = randomUUID();
  readonly directives: Directive[] = [];
  readonly asked = new AskedPlaces();
  /** Legs that the engine said are gone. */
  readonly goneLegs = new Set<string>();
  private readonly answeredLegs = new Set<string>();
  timeline: TimelineEvent[] = [];
  /** The agent's number is said before the connection. */
  announcesNumbers = false;
  now = Date.parse('2026-03-02T09:00:00+08:00');
  private model: CallModel | null = null;
  /** The flow that the caller is led by, as it is now: tests take parts of it away. */
  flow: MenuRules | null = null;

  get call(): CallModel {
    if (!this.model) throw new Error('the story has not begun');
    return this.model;
  }

  /** Of the flow, while the caller is in it. */
  private get rules(): MenuRules | null {
    return this.call.state === 'arriving' || this.call.state === 'menu' ? this.flow : null;
  }

  get handling(): HandlingModel {
    const handling = activeHandling(this.call) ?? this.call.handlings.at(-1);
    if (!handling) throw new Error('nobody was offered the call');
    return handling;
  }

  get kinds(): FactKind[] {
    return this.timeline.map(({ kind }) => kind);
  }

  /** The call rings at the house, is opened and waits. */
  arrives(): this {
    this.rings8000({});
    this.engine({ kind: 'leg.answered', legId: this.customer });
    this.append([tell(this.now, 'system', 'queue.entered', { ...queueOfStory, front: false })]);
    return this.engine({ kind: 'leg.waiting', legId: this.customer });
  }

  /** The call rings at the house and is led by a flow; the line is open. */
  arrivesIn(rules: MenuRules): this {
    this.flow = rules;
    const { flowId, version, document } = rules;
    this.rings8000({
      returnQueue: { id: queueOfStory.queueId, name: queueOfStory.queueName },
      flow: { flowId, version, recording: document?.recording ?? 'with-opening' },
    });
    this.engine({ kind: 'leg.answered', legId: this.customer });
    return this.customerWaits();
  }

  private rings8000(led: Pick<TimelineEventOf<'call.arrived'>['data'], 'flow' | 'returnQueue'>): void {
    this.append([
      tell(this.now, 'engine', 'call.arrived', {
        direction: 'inbound',
        channel: 'trunk',
        fromNumber: '13812346021',
        fromName: '',
        dialled: '8000',
        legId: this.customer,
        policyVersion: 1,
        serviceName: '前台预订',
        ...led,
      }),
    ]);
  }

  /** What is being said to the caller has been said. */
  promptEnds(): this {
    return this.engine({ kind: 'prompt.finished', legId: this.customer, promptId: this.call.promptId ?? '' });
  }

  presses(digits: string): this {
    for (const digit of digits)
      this.engine({ kind: 'leg.digit', legId: this.customer, digit, durationMs: 100 });
    return this;
  }

  /** An agent dials a number after the pre-call sheet; the agent's own phone is rung first. */
  dials(agentNumber: string, points = '', destination = 'mobile'): this {
    const outbound = {
      callId: this.callId,
      handlingId: randomUUID(),
      agent: { id: agentIdOf(agentNumber), number: agentNumber },
      number: '13812346021',
      destination,
      callerNumber: '01065540000',
      callerName: '',
      purpose: 'call-back',
      points,
      policyVersion: 1,
      node: mainNode,
      returnQueue: { id: queueOfStory.queueId, name: queueOfStory.queueName },
    };
    this.append(dialledOut(outbound, this.now));
    return this;
  }

  /** The customer's leg, as the engine names it. */
  get customer(): string {
    return this.model?.arrival.legId ?? 'customer-leg';
  }

  offeredTo(agentNumber: string): this {
    const agentId = agentIdOf(agentNumber);
    const offer = { agentId, agentNumber, handlingId: randomUUID(), announceNumber: this.announcesNumbers };
    return this.decides(offerCall(this.call, offer, this.now));
  }

  /** The responsible agent asks for a transfer to this agent, with the customer's consent. */
  transfersTo(agentNumber: string, mode: TransferMode = 'consult'): this {
    const id = agentIdOf(agentNumber);
    return this.asksFor({ kind: 'agent', id, name: '', number: agentNumber }, mode);
  }

  asksFor(target: Target, mode: TransferMode = 'consult', consent = true): this {
    const reason = this.policy.transfer.reasons[0]?.code ?? '';
    return this.agent((desk) => requestTransfer(desk, { mode, target, reason, consent, matter: '' }));
  }

  /** The leg of the transfer's target. */
  get target(): string {
    return targetLeg(this.call) ?? 'no-target';
  }

  targetAnswers(): this {
    return this.engine({ kind: 'leg.answered', legId: this.target });
  }

  customerWaits(): this {
    return this.engine({ kind: 'leg.waiting', legId: this.customer });
  }

  customerConnected(): this {
    return this.engine({ kind: 'leg.connected', legId: this.customer, roomId: 'room' });
  }

  /** What somebody other than an agent at the desk decides: a lead. */
  lead(decide: (call: CallModel, now: number) => Decision): this {
    return this.decides(decide(this.call, this.now));
  }

  /** As `agent`, at the desk of a given agent. */
  agentOf(handlingId: string, decide: (desk: Desk) => Decision): this {
    const handling = this.call.handlings.find(({ id }) => id === handlingId) ?? this.handling;
    const desk = { call: this.call, handling, policy: this.policy, now: this.now };
    return this.decides(whenHere(desk, () => decide(desk)));
  }

  rings(): this {
    return this.engine({ kind: 'leg.ringing', legId: this.handling.legId });
  }

  answers(): this {
    this.engine({ kind: 'leg.answered', legId: this.handling.legId });
    this.engine({ kind: 'leg.connected', legId: this.handling.legId, roomId: 'room' });
    return this.engine({ kind: 'leg.connected', legId: this.customer, roomId: 'room' });
  }

  /** The engine tells something now. */
  engine(event: Untimed<LegEvent>): this {
    if (event.kind === 'leg.answered') this.answeredLegs.add(event.legId);
    // A refusal that comes after the answer is a stale one: the leg is there.
    const refused = event.kind === 'leg.refused' && !this.answeredLegs.has(event.legId);
    if (event.kind === 'leg.ended' || refused) this.goneLegs.add(event.legId);
    this.append(factsFromEngine(this.call, { ...event, at: this.now } as LegEvent, this.rules));
    return this;
  }

  /** The engine said the agent's number to its end. */
  saidNumber(): this {
    const promptId = numberPromptOf(this.handling.id);
    return this.engine({ kind: 'prompt.finished', legId: this.customer, promptId });
  }

  /** The agent's phone goes without the agent's will. */
  vanishes(legId = this.handling.legId): this {
    return this.engine({ kind: 'leg.ended', legId, by: 'vanished', cause: 'no-media' });
  }

  /** The server found that the agent's phone is gone. */
  phoneLost(handling = this.handling): this {
    this.append(agentAway(this.call, handling, this.now, 'page-gone'));
    return this;
  }

  /** The agent's phone is there (again) and is rung for the running talk. */
  recalls(handling = this.handling): this {
    this.append(recallAgent(this.call, handling, this.now));
    return this;
  }

  /** … and answers by itself. */
  recallAnswers(): this {
    return this.engine({ kind: 'leg.answered', legId: this.handling.recallLegId ?? 'no-recall' });
  }

  says(who: 'customer' | 'agent', ms: number): this {
    const legId = who === 'customer' ? this.customer : this.handling.legId;
    this.engine({ kind: 'leg.speaking', legId });
    this.passes(ms);
    return this.engine({ kind: 'leg.silent', legId, spokeMs: ms });
  }

  hangsUp(legId: string): this {
    return this.engine({ kind: 'leg.ended', legId, by: 'remote', cause: 'normal' });
  }

  /** The agent's command; its refusal, if any, is in `refusal`. */
  agent(decide: (desk: Desk) => Decision): this {
    return this.agentOf(this.handling.id, decide);
  }

  refusal: Refusal | undefined;

  /** Time goes by; deadlines are acted on in their order. */
  passes(ms: number): this {
    const end = this.now + ms;
    for (let look = this.look(end); look !== null; look = this.look(end)) {
      this.now = Math.max(this.now, look);
      const facts = dueFacts(this.call, this.policy, this.now, this.rules);
      if (facts.length === 0) throw new Error(`a deadline at ${iso(look)} has no facts`);
      this.append(facts);
    }
    this.now = end;
    return this;
  }

  did(what: Directive['do']): Directive[] {
    return this.directives.filter((directive) => directive.do === what);
  }

  /** When the server would look at the call again; null: nothing is due. */
  get nextLookAt(): number | null {
    return nextLook(this.call, this.policy, this.rules);
  }

  private look(end: number): number | null {
    const at = this.nextLookAt;
    return at !== null && at <= end ? at : null;
  }

  private decides(decision: Decision): this {
    this.refusal = decision.refusal;
    this.append(decision.facts);
    return this;
  }

  private append(told: readonly Told[]): void {
    const from = this.timeline.length;
    for (const { at, source, fact } of told) {
      const seq = this.timeline.length + 1;
      const event = { callId: this.callId, seq, at: iso(at), source, ...fact } as TimelineEvent;
      this.model = advance(this.model, event);
      this.timeline.push(event);
    }
    for (const event of this.timeline.slice(from)) {
      const directives = followUps(this.call, event);
      for (const directive of directives) this.asked.ask(directive);
      this.directives.push(...directives);
    }
  }
}
