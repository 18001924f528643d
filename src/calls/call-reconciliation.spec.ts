import { describe, expect, it } from '@jest/globals';
import { CallStory } from '../../test/builders/call-story.js';
import type { PresenceService } from '../agents/presence.service.js';
import type { TimelineEvent } from '../contracts/timeline.js';
import { StoreAway } from '../kernel/store-away.js';
import type { Router } from '../routing/router.service.js';
import type { TelephonyEngine } from '../telephony/port/engine.js';
import type { CallControl } from './call-control.service.js';
import type { CallReception } from './call-reception.js';
import { CallReconciliation } from './call-reconciliation.js';
import type { CallRecords } from './call-records.js';
import { LiveCalls } from './live-calls.js';
import type { OutsideCallers } from './outside-callers.js';

/** Two calls of a node that an earlier process left; what is done with the first one fails. */
function house(failure: Error) {
  const stories = [new CallStory().arrives(), new CallStory().arrives()];
  const [broken, sound] = stories.map(({ callId }) => callId);
  const live = new LiveCalls();
  const adopted: string[] = [];
  const rearmed: string[] = [];
  let openings = 0;
  const fails = (callId: string | undefined) => {
    if (callId === broken) throw failure;
  };
  const control = {
    adopt: async ([first]: TimelineEvent[]) => {
      fails(first?.callId);
      adopted.push(first?.callId ?? '');
    },
    take: async (callId: string) => {
      fails(callId);
      return null;
    },
    catchUpOn: async () => undefined,
    waitAgain: async () => undefined,
    rearm: async (callId: string) => void rearmed.push(callId),
  };
  const records = {
    unsettled: async () => stories.map(({ timeline }) => timeline),
    unsettledElsewhere: async () => new Set<string>(),
  };
  const router = { close: () => () => void openings++, withdraw: async () => undefined };
  const reconciliation = new CallReconciliation(
    {} as TelephonyEngine,
    control as unknown as CallControl,
    records as unknown as CallRecords,
    live,
    { freeUnless: async () => undefined } as unknown as PresenceService,
    router as unknown as Router,
    { tell: async () => undefined } as unknown as CallReception,
    { areIn: async () => undefined } as unknown as OutsideCallers,
  );
  for (const { call, timeline, policy } of stories)
    live.put({ model: call, timeline, policy, drafts: new Map() });
  const at = stories[0]?.now ?? 0;
  const connected = { kind: 'engine.connected', at, since: 0, legs: [], outside: [] } as const;
  return { reconciliation, sound, adopted, rearmed, connected, openings: () => openings };
}

describe('a call that cannot be taken up', () => {
  it('does not keep the others of its node from being taken up', async () => {
    const { reconciliation, sound, adopted } = house(new Error('a fact is missing'));
    await reconciliation.adopt('main');
    expect(adopted).toEqual([sound]);
  });

  it('does not keep the others from being made to agree with the engine, nor matching from going on', async () => {
    const { reconciliation, sound, rearmed, connected, openings } = house(new Error('a fact is missing'));
    await reconciliation.reconcile(connected, 'main');
    expect(rearmed).toEqual([sound]);
    expect(openings()).toBe(1);
  });

  it('is tried again with all others when the database is back', async () => {
    const { reconciliation, connected, openings } = house(new StoreAway('PostgreSQL', 'gone', true));
    await expect(reconciliation.adopt('main')).rejects.toThrow(StoreAway);
    await expect(reconciliation.reconcile(connected, 'main')).rejects.toThrow(StoreAway);
    expect(openings()).toBe(1);
  });
});
