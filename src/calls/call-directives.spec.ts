import { describe, expect, it } from '@jest/globals';
import { CallStory } from '../../test/builders/call-story.js';
import type { DevicesService } from '../agents/devices.service.js';
import type { PresenceService } from '../agents/presence.service.js';
import type { Dialling } from '../dialling/dialling.js';
import { ManualClock } from '../kernel/clock.js';
import type { Router } from '../routing/router.service.js';
import { EngineUnavailable, type TelephonyEngine } from '../telephony/port/engine.js';
import { CallDirectives } from './call-directives.js';
import { CallLanes } from './call-lanes.js';
import { hangUpCall } from './domain/commands.js';
import { LiveCalls } from './live-calls.js';

/** A talk whose hang-up was carried out, at an engine that fails as it is told to. */
function house() {
  const story = new CallStory().arrives().offeredTo('801').rings().answers();
  story.agent((desk) => hangUpCall(desk, undefined)).passes(60_000);
  const failures: Error[] = [];
  const ended: string[] = [];
  const waits: string[] = [];
  const into = (list: string[]) => async (legId: string) => {
    const failure = failures.shift();
    if (failure) throw failure;
    list.push(legId);
  };
  const engine: Pick<TelephonyEngine, 'endLeg' | 'wait'> = { endLeg: into(ended), wait: into(waits) };
  const clock = new ManualClock();
  const live = new LiveCalls();
  live.put({ model: story.call, timeline: story.timeline, policy: story.policy, drafts: new Map() });
  const lanes = new CallLanes();
  const directives = new CallDirectives(
    engine as TelephonyEngine,
    {} as Router,
    {} as PresenceService,
    {} as DevicesService,
    {} as Dialling,
    live,
    lanes,
    clock,
  );
  const asks = (what: 'end-leg' | 'wait') =>
    directives.carryOut(story.call, story.policy, { do: what, legId: story.customer });
  const passes = async (ms: number) => {
    clock.advance(ms);
    await lanes.idle();
  };
  return { story, failures, ended, waits, asks, passes };
}

describe('a request to the engine that fails', () => {
  it('is made again until it is done: nobody is stranded by one that was tried once', async () => {
    const { story, failures, ended, asks, passes } = house();
    failures.push(new Error('the engine is busy'), new Error('the engine is busy'));
    await asks('end-leg');
    await passes(1_000);
    expect(ended).toEqual([]);
    await passes(2_000);
    expect(ended).toEqual([story.customer]);
    await passes(60_000);
    expect(ended).toHaveLength(1);
  });

  it('is not made again when nobody wants it any more', async () => {
    const { failures, waits, asks, passes } = house();
    failures.push(new Error('the engine is busy'));
    // The customer is on the way out by now.
    await asks('wait');
    await passes(60_000);
    expect(waits).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('is left to the comparison that follows when the link to the engine is down', async () => {
    const { failures, ended, asks, passes } = house();
    failures.push(new EngineUnavailable('no link'));
    await asks('end-leg');
    await passes(60_000);
    expect(ended).toEqual([]);
  });
});
