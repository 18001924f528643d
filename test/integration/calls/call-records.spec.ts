import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { CallArchive } from '../../../src/calls/call-archive.js';
import { CallMovedOn, CallRecords } from '../../../src/calls/call-records.js';
import { replay } from '../../../src/calls/domain/advance.js';
import { completeWrapUp } from '../../../src/calls/domain/commands.js';
import type { LiveCall } from '../../../src/calls/live-calls.js';
import { NodeFences, NodeTaken } from '../../../src/calls/node-fences.js';
import { mainNode } from '../../../src/contracts/node.js';
import type { TimelineEvent } from '../../../src/contracts/timeline.js';
import { Outbox } from '../../../src/platform/jobs/outbox.js';
import { judgeVersion } from '../../../src/standard/domain/evaluate.js';
import { defaultPolicy } from '../../../src/standard/policy/default-policy.js';
import { CallStory } from '../../builders/call-story.js';
import { fullWrapUp } from '../../e2e/robot-agent.js';
import { Api } from '../../support/api.js';
import { simulatedTelephony } from '../../support/simulated-telephony.js';

/** The call of the first so many facts of a timeline. */
function liveCall(timeline: TimelineEvent[], count = timeline.length): LiveCall {
  const told = timeline.slice(0, count);
  const model = replay(told);
  if (!model) throw new Error('no call');
  return { model, timeline: told, policy: defaultPolicy, drafts: new Map() };
}

/** The agent completes the record. */
function wrapsUp(story: CallStory): CallStory {
  return story.agent((desk) => completeWrapUp(desk, fullWrapUp, []));
}

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
    const first = liveCall(timeline, 3);
    await records.append(null, first, first.timeline);
    return { call: first.model, next: liveCall(timeline), rest: timeline.slice(3), timeline };
  }

  it('is the facts, the call and its handlings together', async () => {
    const { call, next, rest, timeline } = await begun();
    await records.append(call, next, rest);
    expect(await records.timeline(call.id)).toEqual(timeline);
    const [row] = await api
      .get(DataSource)
      .query('select state, version from calls where id = $1', [call.id]);
    expect(row).toEqual({ state: next.model.state, version: next.model.seq });
    const handlings = await api
      .get(DataSource)
      .query('select phase, agent_number from handlings where call_id = $1', [call.id]);
    expect(handlings).toEqual([{ phase: 'talking', agent_number: '801' }]);
  });

  it('is nothing when the call has moved on', async () => {
    const { call, next, rest } = await begun();
    await records.append(call, next, rest);
    await expect(records.append(call, next, rest)).rejects.toThrow(CallMovedOn);
    expect(await records.timeline(call.id)).toHaveLength(next.model.seq);
  });

  it('is nothing when another process has taken the node: a paused owner’s late write is refused', async () => {
    const { call, next, rest } = await begun();
    await new NodeFences(api.get(DataSource)).raise(mainNode, 'another process');
    await expect(records.append(call, next, rest)).rejects.toThrow(NodeTaken);
    expect(await records.timeline(call.id)).toHaveLength(3);
    await fences.raise(mainNode, 'this process');
    await records.append(call, next, rest);
  });

  it('is judged once, when it is over: a later judge says something else of calls that go on, not of this one', async () => {
    const story = new CallStory().arrives().offeredTo('801').rings().answers();
    story.hangsUp(story.customer);
    const [open, over] = [story.timeline.length, wrapsUp(story).timeline.length];
    const { handling } = story;
    const source = api.get(DataSource);
    const kept = () =>
      source.query('select * from handling_judgements where handling_id = $1', [handling.id]);
    const goesOn = liveCall(story.timeline, open);
    await records.append(null, goesOn, goesOn.timeline);
    expect(await kept()).toEqual([]);
    const ends = liveCall(story.timeline, over);
    await records.append(goesOn.model, ends, story.timeline.slice(open));
    const [judged] = await kept();
    expect(judged).toMatchObject({ policy_version: 1, judge_version: judgeVersion });
    const archive = api.get(CallArchive);
    const otherwise = story.timeline.map((fact) =>
      fact.kind === 'ring.answered'
        ? { ...fact, at: new Date(Date.parse(fact.at) + 60_000).toISOString() }
        : fact,
    );
    const verdicts = await archive.verdicts({ policyVersion: 1 }, otherwise, [handling.id]);
    expect(verdicts.get(handling.id)).toEqual(judged.verdicts);
    await expect(source.query('update handling_judgements set judge_version = 9')).rejects.toThrow();
  });
});
