import { expect, it } from '@jest/globals';
import { CommandRegistry } from '../platform/realtime/command-registry.js';
import type { CommandsElsewhere } from '../platform/realtime/commands-elsewhere.js';
import type { Connection } from '../platform/realtime/connection.js';
import { CallCommandsElsewhere } from './call-commands-elsewhere.js';
import type { CallOwners, CallPlace } from './call-owners.js';

it('sends the commands of one tab in the order in which they were given, whichever call is found first', async () => {
  const callId = crypto.randomUUID();
  const found: ((place: CallPlace) => void)[] = [];
  const owners: Pick<CallOwners, 'placeOf'> = { placeOf: () => new Promise((done) => found.push(done)) };
  const sent: string[] = [];
  const elsewhere: Pick<CommandsElsewhere, 'send'> = {
    send: async (_process, name) => {
      sent.push(name);
      return null as never;
    },
  };
  const registry = new CommandRegistry();
  new CallCommandsElsewhere(registry, elsewhere as CommandsElsewhere, owners as CallOwners).onModuleInit();
  const tab = { socketId: 'tab' } as Connection;
  const all = ['mute-call', 'unmute-call'].map((name) => registry.carryOut(name, { callId }, tab));
  const place = { at: 'elsewhere', process: 'other' } as const;
  // The later question is answered first, where both are asked at once.
  await new Promise(setImmediate);
  for (const answer of found.splice(0).reverse()) {
    answer(place);
    await new Promise(setImmediate);
  }
  for (const answer of found) answer(place);
  await Promise.all(all);
  expect(sent).toEqual(['mute-call', 'unmute-call']);
});
