import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { CallMovedOn, CallRecords } from '../../../src/calls/call-records.js';
import { advance } from '../../../src/calls/domain/advance.js';
import type { CallModel } from '../../../src/calls/domain/call-model.js';
import { NodeFences, NodeTaken } from '../../../src/calls/node-fences.js';
import { mainNode } from '../../../src/contracts/node.js';
import type { TimelineEvent } from '../../../src/contracts/timeline.js';
import { Outbox } from '../../../src/platform/jobs/outbox.js';
import { CallStory } from '../../builders/call-story.js';
import { Api } from '../../support/api.js';
import { simulatedTelephony } from '../../support/simulated-telephony.js';

const modelOf = (call: CallModel | null, facts: readonly TimelineEvent[]): CallModel | null =>
  facts.reduce<CallModel | null>((model, fact) => advance(model, fact), call);

describe('what is written of a call', () => {
  let api: Api;
  let fences: NodeFences;
  let records: CallRecords;
  beforeAll(async () => {
    api = await Api.start({ telephony: simulatedTelephony() });
    const source = api.get(DataSource);
    fences = new NodeFences(source);
    records = new CallRecords(source, api.get(Outbox), fences);
    await fences.raise(mainNode, 'this process');
  });
  afterAll(() => api.stop());

  /** A call with its first facts on record, and what happened next. */
  async function begun() {
    const { timeline } = new CallStory().arrives().offeredTo('801').rings().answers();
    const call = modelOf(null, timeline.slice(0, 3));
    if (!call) throw new Error('no call');
    await records.append(null, call, timeline.slice(0, 3));
    const rest = timeline.slice(3);
    const next = modelOf(call, rest);
    if (!next) throw new Error('no call');
    return { call, next, rest, timeline };
  }

  it('is the facts, the call and its handlings together', async () => {
    const { call, next, rest, timeline } = await begun();
    await records.append(call, next, rest);
    expect(await records.timeline(call.id)).toEqual(timeline);
    const [row] = await api
      .get(DataSource)
      .query('select state, version from calls where id = $1', [call.id]);
    expect(row).toEqual({ state: next.state, version: next.seq });
    const handlings = await api
      .get(DataSource)
      .query('select phase, agent_number from handlings where call_id = $1', [call.id]);
    expect(handlings).toEqual([{ phase: 'talking', agent_number: '801' }]);
  });

  it('is nothing when the call has moved on', async () => {
    const { call, next, rest } = await begun();
    await records.append(call, next, rest);
    await expect(records.append(call, next, rest)).rejects.toThrow(CallMovedOn);
    expect(await records.timeline(call.id)).toHaveLength(next.seq);
  });

  it('is nothing when another process has taken the node: a paused owner’s late write is refused', async () => {
    const { call, next, rest } = await begun();
    await new NodeFences(api.get(DataSource)).raise(mainNode, 'another process');
    await expect(records.append(call, next, rest)).rejects.toThrow(NodeTaken);
    expect(await records.timeline(call.id)).toHaveLength(3);
    await fences.raise(mainNode, 'this process');
    await records.append(call, next, rest);
  });
});
