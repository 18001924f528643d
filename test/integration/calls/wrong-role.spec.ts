import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Permission, permissions, type Role } from '../../../src/contracts/identity.js';
import { type CommandName, commandSchemas } from '../../../src/contracts/socket.js';
import { emptyWrapUp } from '../../../src/contracts/wrap-up.js';
import { Api } from '../../support/api.js';
import { simulatedTelephony } from '../../support/simulated-telephony.js';

const onCall = { callId: randomUUID() };
const transfer = {
  ...onCall,
  target: { kind: 'number', number: '8101' },
  reason: 'specialist',
  consent: true,
};
const sample = {
  lossShare: 0,
  jitterMs: 1,
  roundTripMs: 20,
  lossShareOut: null,
  codec: 'opus',
  overMs: 5_000,
};

/** Every command of the wire map: a well-formed payload, and the permission it asks for. */
const commands: Record<CommandName, readonly [Permission, object]> = {
  'lead-device': ['call.handle', { clientId: 'browser-one' }],
  'report-device': ['call.handle', { registered: true }],
  'set-presence': ['presence.own', { state: 'ready' }],
  'answer-call': ['call.handle', onCall],
  'reject-call': ['call.handle', onCall],
  'file-shown': ['call.handle', onCall],
  'hold-call': ['call.handle', { ...onCall, reason: 'check-record', consent: true, limitMs: 30_000 }],
  'resume-call': ['call.handle', onCall],
  'mute-call': ['call.handle', onCall],
  'unmute-call': ['call.handle', onCall],
  'send-digits': ['call.handle', { ...onCall, digits: '1' }],
  'hang-up-call': ['call.handle', onCall],
  'withdraw-hang-up': ['call.handle', onCall],
  'transfer-call': ['call.handle', transfer],
  'invite-to-call': ['call.handle', transfer],
  'complete-transfer': ['call.handle', onCall],
  'withdraw-transfer': ['call.handle', onCall],
  'swap-transfer': ['call.handle', onCall],
  'merge-transfer': ['call.handle', onCall],
  'drop-member': ['call.handle', { ...onCall, memberId: 'somebody' }],
  'leave-conference': ['call.handle', onCall],
  'call-for-help': ['call.handle', onCall],
  'withdraw-call-for-help': ['call.handle', onCall],
  'help-call': ['call.help', { ...onCall, mode: 'listen' }],
  'end-help': ['call.help', onCall],
  'take-over-call': ['call.help', onCall],
  'dial-number': ['call.dial', { number: '8101', purpose: 'call-back' }],
  'report-sound': ['call.handle', { ...onCall, legId: 'leg', sample }],
  'save-wrap-up-draft': ['call.handle', { ...onCall, draft: {} }],
  'complete-wrap-up': ['call.handle', { ...onCall, record: { ...emptyWrapUp, outcome: 'resolved' } }],
  'watch-floor': ['floor.watch', {}],
  'acknowledge-alarm': ['floor.watch', { alarmId: randomUUID() }],
};

const logins: Partial<Record<Role, string>> = {
  agent: '801',
  lead: 'lead',
  inspector: 'inspector',
  trainer: 'trainer',
  supervisor: 'supervisor',
};

let api: Api;
beforeAll(async () => {
  api = await Api.start({ telephony: simulatedTelephony() });
});
afterAll(() => api.stop());

it.each(Object.entries(logins))('a command that is not for a %s is refused', async (role, login) => {
  const socket = await api.socketFor(await api.signIn(login));
  const forbidden = Object.entries(commands).filter(
    ([, [permission]]) => !(permissions[permission] as readonly string[]).includes(role),
  );
  expect(forbidden.length).toBeGreaterThan(1);
  for (const [name, [, payload]] of forbidden) {
    expect(commandSchemas[name as CommandName].safeParse(payload).success).toBe(true);
    const answer = await socket.raw(name, payload);
    expect([name, answer]).toEqual([
      name,
      { ok: false, refusal: expect.objectContaining({ code: 'permission.denied' }) },
    ]);
  }
  socket.close();
});

it('a lead’s commands on a call that is not there, or that they do not help in, are refused', async () => {
  const socket = await api.socketFor(await api.signIn('lead'));
  expect(await socket.raw('help-call', { ...onCall, mode: 'listen' })).toMatchObject({
    refusal: { code: 'help.no-device' },
  });
  for (const name of ['end-help', 'take-over-call'] as const)
    expect(await socket.raw(name, onCall)).toMatchObject({ refusal: { code: 'call.not-found' } });
  expect(await socket.raw('help-call', { ...onCall, mode: 'shout' })).toMatchObject({
    refusal: { code: 'request.malformed' },
  });
});

it('the floor is not for an agent’s eyes', async () => {
  expect(await api.read('/api/floor', { cookie: await api.signIn('801') })).toMatchObject({ status: 403 });
  expect(await api.read('/api/transfer-targets', { cookie: await api.signIn('inspector') })).toMatchObject({
    status: 403,
  });
});
