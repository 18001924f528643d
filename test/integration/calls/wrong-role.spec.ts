import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { type Permission, permissions, type Role, roles } from '../../../src/contracts/identity.js';
import { type CommandName, commandSchemas } from '../../../src/contracts/socket.js';
import { emptyWrapUp } from '../../../src/contracts/wrap-up.js';
import { hashPassword } from '../../../src/identity/passwords.js';
import { personEntity } from '../../../src/identity/person.entity.js';
import { Api } from '../../support/api.js';
import { demoPassword } from '../../support/api-client.js';
import { simulatedTelephony } from '../../support/simulated-telephony.js';

describe('wrong role', () => {
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

  /** Every command of the wire map, with the permission it asks for and a well-formed payload: the compiler misses none. */
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
    'dial-number': ['call.dial', { number: '8101', purpose: 'call-back', points: '问候' }],
    'report-sound': ['call.handle', { ...onCall, legId: 'leg', sample }],
    'report-microphone': ['call.handle', { ...onCall, lost: true }],
    'save-wrap-up-draft': ['call.handle', { ...onCall, draft: {} }],
    'complete-wrap-up': ['call.handle', { ...onCall, record: { ...emptyWrapUp, outcome: 'resolved' } }],
    'watch-floor': ['floor.watch', {}],
    'acknowledge-alarm': ['floor.watch', { alarmId: randomUUID() }],
  };

  const read = ['call.read-all', 'call.read-own'] as const;
  const listen = ['recording.listen', 'recording.listen-own'] as const;
  /** Needs no permission: open to everyone, or to everyone who is signed in. */
  const anybody = null;

  /** Every route of the API's own description, with the permissions of which it asks any. */
  const routes: Record<string, readonly Permission[] | typeof anybody> = {
    'POST /api/session': anybody,
    'GET /api/session': anybody,
    'DELETE /api/session': anybody,
    'POST /api/guest': anybody,
    'GET /api/health': anybody,
    'GET /api/openapi.json': anybody,
    'GET /api/metrics': ['metrics.read'],
    'GET /api/calls': read,
    'GET /api/calls/{id}': read,
    'GET /api/calls/{id}/sound': read,
    'POST /api/calls/{id}/reveal': ['call.reveal-number'],
    'GET /api/transfer-targets': ['call.handle'],
    'GET /api/recordings/{id}': listen,
    'GET /api/recordings/{id}/peaks': listen,
    'GET /api/recordings/{id}/audio': listen,
    'GET /api/floor': ['floor.watch'],
    'GET /api/policy': ['policy.read'],
    'POST /api/policy': ['policy.write'],
    'GET /api/policy/versions': ['policy.read'],
    'GET /api/policy/versions/{version}': ['policy.read'],
    'GET /api/quality/handlings': ['quality.read-all'],
    'GET /api/quality/handlings/{id}': ['quality.read-all'],
    'PUT /api/quality/handlings/{id}/evaluation': ['quality.evaluate'],
    'POST /api/quality/evaluations/{id}/submit': ['quality.evaluate'],
    'GET /api/quality/results': ['quality.read-own'],
    'GET /api/quality/results/{evaluationId}': ['quality.read-own', 'quality.read-all'],
    'GET /api/flows': ['flows.read'],
    'GET /api/flows/parts': ['flows.read'],
    'POST /api/flows/check': ['flows.read'],
    'GET /api/flows/{number}': ['flows.read'],
    'POST /api/flows/{number}': ['flows.write'],
    'GET /api/flows/{number}/versions': ['flows.read'],
    'GET /api/flows/{number}/versions/{version}': ['flows.read'],
    'POST /api/flow-trials': ['flows.read'],
    'GET /api/dialling': ['dialling.read'],
    'PUT /api/dialling': ['dialling.write'],
    'POST /api/dialling/check': ['dialling.read'],
    'GET /api/phone-book': ['dialling.read'],
    'POST /api/phone-book': ['dialling.write'],
    'PUT /api/phone-book/{id}': ['dialling.write'],
    'DELETE /api/phone-book/{id}': ['dialling.write'],
    'GET /api/prompts': ['flows.read'],
    'POST /api/prompts': ['flows.write'],
    'PUT /api/prompts/{id}': ['flows.write'],
    'DELETE /api/prompts/{id}': ['flows.write'],
    'GET /api/prompts/{id}/audio': ['flows.read'],
    'PUT /api/prompts/{id}/audio': ['flows.write'],
  };

  const logins: Record<Role, string> = {
    agent: '801',
    lead: 'lead',
    inspector: 'inspector',
    trainer: 'trainer',
    supervisor: 'supervisor',
    'sales-support': 'sales',
  };

  const mayAny = (role: Role, needed: readonly Permission[]) =>
    needed.some((permission) => (permissions[permission] as readonly Role[]).includes(role));

  const forbiddenCommands = (role: Role) =>
    Object.entries(commands).filter(([, [permission]]) => !mayAny(role, [permission]));
  const forbiddenRoutes = (role: Role) =>
    Object.entries(routes).filter(([, needed]) => needed !== anybody && !mayAny(role, needed));

  let api: Api;
  beforeAll(async () => {
    api = await Api.start({ telephony: simulatedTelephony() });
    // The demo hotel has nobody of this role.
    await api
      .get(DataSource)
      .getRepository(personEntity)
      .insert({
        id: randomUUID(),
        login: 'sales',
        name: '孙丽',
        role: 'sales-support',
        agentNumber: null,
        locale: 'zh-CN',
        passwordHash: await hashPassword(demoPassword),
      });
  });
  afterAll(() => api.stop());

  it('every route that the API describes is in the table here', async () => {
    const { body } = await api.read('/api/openapi.json');
    const described = Object.entries((body as { paths: Record<string, object> }).paths).flatMap(
      ([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(Object.keys(routes).sort());
  });

  it.each(roles.filter((role) => forbiddenCommands(role).length > 0))(
    'a command that is not for a person of the role %s is refused',
    async (role) => {
      const socket = await api.socketFor(await api.signIn(logins[role]));
      for (const [name, [, payload]] of forbiddenCommands(role)) {
        expect(commandSchemas[name as CommandName].safeParse(payload).success).toBe(true);
        const answer = await socket.raw(name, payload);
        expect([name, answer]).toEqual([
          name,
          { ok: false, refusal: expect.objectContaining({ code: 'permission.denied' }) },
        ]);
      }
      socket.close();
    },
  );

  it.each(roles.filter((role) => forbiddenRoutes(role).length > 0))(
    'a route that is not for a person of the role %s is refused',
    async (role) => {
      const cookie = await api.signIn(logins[role]);
      for (const [route] of forbiddenRoutes(role)) {
        const [method = '', path = ''] = route.split(' ');
        const { status, body } = await api.ask(method, path.replace(/\{\w+\}/, randomUUID()), { cookie });
        expect([route, status, body]).toEqual([
          route,
          403,
          expect.objectContaining({ code: 'permission.denied' }),
        ]);
      }
    },
  );

  it('nobody may do everything: every role is refused something', () => {
    for (const role of roles)
      expect([role, forbiddenCommands(role).length + forbiddenRoutes(role).length > 0]).toEqual([role, true]);
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
});
