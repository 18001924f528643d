import { Injectable } from '@nestjs/common';
import type { PolicyDocument } from '../contracts/policy.js';
import type { TimelineEvent } from '../contracts/timeline.js';
import type { WrapUpDraft } from '../contracts/wrap-up.js';
import { type CallModel, type HandlingModel, helpers, legsOf, nodeOf, settled } from './domain/call-model.js';

/** A call that somebody still has to do with, as this process knows it: always equal to its timeline. */
export interface LiveCall {
  model: CallModel;
  timeline: TimelineEvent[];
  policy: PolicyDocument;
  drafts: Map<string, WrapUpDraft>;
}

const atDesk: readonly HandlingModel['phase'][] = [
  'offered',
  'ringing',
  'consulted',
  'talking',
  'held',
  'wrap-up',
];

/** The unsettled calls of this process, found by call, by leg and by agent. Only `CallControl` writes here. */
@Injectable()
export class LiveCalls {
  private readonly calls = new Map<string, LiveCall>();
  private readonly callOfLeg = new Map<string, string>();

  get(callId: string): LiveCall | undefined {
    return this.calls.get(callId);
  }

  /** Every unsettled call, in the order of arrival. */
  all(): CallModel[] {
    return [...this.calls.values()].map(({ model }) => model);
  }

  /** The unsettled calls that this node carries, in the order of arrival. */
  onNode(node: string): CallModel[] {
    return this.all().filter((call) => nodeOf(call) === node);
  }

  byLeg(legId: string): string | undefined {
    return this.callOfLeg.get(legId);
  }

  /** What is at the agent's desk: at most one handling from the offer to the end of its wrap-up. */
  ofAgent(agentId: string): { live: LiveCall; handling: HandlingModel } | undefined {
    for (const live of this.calls.values()) {
      const handling = live.model.handlings.find(
        (candidate) => candidate.agentId === agentId && atDesk.includes(candidate.phase),
      );
      if (handling) return { live, handling };
    }
    return undefined;
  }

  /** The call that this lead helps in now. */
  ofLead(leadId: string): LiveCall | undefined {
    return [...this.calls.values()].find(({ model }) =>
      helpers(model).some((help) => help.leadId === leadId),
    );
  }

  /** Names the call of a leg before its first fact is written, so that the leg's next events find it. */
  expect(legId: string, callId: string): void {
    this.callOfLeg.set(legId, callId);
  }

  put(live: LiveCall): void {
    const { model } = live;
    this.calls.set(model.id, live);
    for (const legId of legsOf(model)) this.callOfLeg.set(legId, model.id);
  }

  /** Forgets a settled call; its record is in the database. The last engine events may still come for its legs. */
  drop(callId: string): void {
    const live = this.calls.get(callId);
    if (live && settled(live.model)) this.forget(callId);
  }

  /** Forgets a call that another process has in hand from now on. */
  forget(callId: string): void {
    const live = this.calls.get(callId);
    if (!live) return;
    this.calls.delete(callId);
    for (const legId of legsOf(live.model)) this.callOfLeg.delete(legId);
  }
}
