import { expect, it } from '@jest/globals';
import type { PresenceService } from '../agents/presence.service.js';
import type { DeskCall } from '../contracts/call.js';
import type { DeskSnapshot } from '../contracts/socket.js';
import { ManualClock } from '../kernel/clock.js';
import type { Announcements } from '../platform/announcements/announcements.js';
import type { Connection } from '../platform/realtime/connection.js';
import type { Realtime } from '../platform/realtime/realtime.js';
import type { CallArchive } from './call-archive.js';
import { DeskService } from './desk.service.js';
import type { DeskCalls } from './desk-calls.js';
import type { HelpViews } from './help-views.js';
import type { LiveCalls } from './live-calls.js';
import type { QueueStrip } from './queue-strip.js';

it('shows a lead who connects the call as it is when the other processes have answered, not as it was before', async () => {
  let shown = { callId: 'c1', version: 4 } as DeskCall;
  const calls = {
    readNames: async () => undefined,
    callOf: () => shown,
    callAnywhere: async () => shown,
  };
  const help = {
    viewOf: () => null,
    // Meanwhile the call goes on.
    viewAnywhere: async () => {
      await new Promise(setImmediate);
      shown = { ...shown, version: 5 };
      return null;
    },
  };
  let connect: (connection: Connection) => void | Promise<void> = () => undefined;
  const realtime: Pick<Realtime, 'onConnected'> = {
    onConnected: (listener) => {
      connect = listener;
    },
  };
  new DeskService(
    calls as unknown as DeskCalls,
    {} as LiveCalls,
    { get: async () => ({ callId: 'c1' }) } as unknown as PresenceService,
    { show: async () => [] } as unknown as QueueStrip,
    { handledToday: async () => 0 } as unknown as CallArchive,
    help as unknown as HelpViews,
    realtime as Realtime,
    { on: () => () => undefined } as unknown as Announcements,
    new ManualClock(),
  ).onModuleInit();
  let told: DeskSnapshot | undefined;
  await connect({
    actor: { personId: 'p1', role: 'lead' },
    join: async () => true,
    emit: (_event: string, snapshot: DeskSnapshot) => {
      told = snapshot;
    },
  } as unknown as Connection);
  expect(told?.call?.version).toBe(5);
});
