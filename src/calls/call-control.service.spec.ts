import { expect, it } from '@jest/globals';
import { CallStory } from '../../test/builders/call-story.js';
import { ManualClock } from '../kernel/clock.js';
import type { Announcements } from '../platform/announcements/announcements.js';
import type { DatabaseWatch } from '../platform/database/database-watch.js';
import type { Policies } from '../standard/policies.js';
import { CallControl } from './call-control.service.js';
import type { CallDirectives } from './call-directives.js';
import { CallLanes } from './call-lanes.js';
import { CallPatience } from './call-patience.js';
import type { CallRecords } from './call-records.js';
import type { FlowRules } from './flow-rules.js';
import { LiveCalls } from './live-calls.js';

it('lets a node go while another node has calls that are always busy', async () => {
  const live = new LiveCalls();
  const clock = new ManualClock();
  const control = new CallControl(
    live,
    new CallLanes(),
    {} as CallRecords,
    {} as Policies,
    {} as CallDirectives,
    {} as Announcements,
    { of: async () => null } as unknown as FlowRules,
    new CallPatience({} as DatabaseWatch, clock),
    clock,
  );
  const callOn = (node: string) => {
    const { call, timeline, policy } = new CallStory().arrives();
    const model = { ...call, arrival: { ...call.arrival, node } };
    live.put({ model, timeline, policy, drafts: new Map() });
    return model.id;
  };
  const [leaving, staying] = [callOn('a'), callOn('b')];
  let end: () => void = () => undefined;
  const busy = control.take(
    staying,
    () =>
      new Promise((done) => {
        end = () => done({ facts: [] });
      }),
  );
  const last = control.take(leaving, async () => ({ facts: [] }));
  await control.letGo('a');
  expect(await last).toBeNull();
  expect(live.get(leaving)).toBeUndefined();
  expect(live.get(staying)).toBeDefined();
  end();
  await busy;
});
