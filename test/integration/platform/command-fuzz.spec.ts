import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CommandName, commandSchemas } from '../../../src/contracts/socket.js';
import { People } from '../../../src/identity/people.js';
import type { Actor } from '../../../src/kernel/actor.js';
import { isRefusal } from '../../../src/kernel/refusal.js';
import { Faults } from '../../../src/platform/http/faults.js';
import { CommandRegistry } from '../../../src/platform/realtime/command-registry.js';
import type { Connection } from '../../../src/platform/realtime/connection.js';
import { wireValuesFor } from '../../builders/wire-values.js';
import { Api } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';
import { fuzzed } from '../../support/fuzzed.js';

describe('command fuzz', () => {
  const { seed, numRuns } = fuzzed(60);
  const faults: object[] = [];
  const log: string[] = [];

  let api: Api;
  /** People who may do most of it, each as a tab of theirs. */
  const tabs: Connection[] = [];
  const calls: string[] = [];

  beforeAll(async () => {
    api = await Api.start({ logTo: { write: (line) => void log.push(line) } });
    for (const login of ['801', 'lead', 'supervisor']) tabs.push(await tabOf(login));
    await talk();
  }, 60_000);
  afterAll(() => api?.stop());

  async function tabOf(login: string): Promise<Connection> {
    const person = await api.get(People).byLogin(login);
    if (!person) throw new Error(`nobody is called ${login}`);
    const { id: personId, role, name, agentNumber } = person;
    const actor: Actor = { personId, sessionId: randomUUID(), role, login, name, agentNumber };
    const nothing = async () => {};
    return { socketId: randomUUID(), actor, emit: () => {}, join: nothing, leave: nothing };
  }

  /** 801 talks with a customer: what is said about this call goes all the way down. */
  async function talk(): Promise<void> {
    const desk = await api.socketFor(await api.signIn('801'));
    const { deviceId, secret } = await desk.done('lead-device', { clientId: 'browser-801' });
    api.exchange.registerDevice(deviceId, secret);
    await desk.done('report-device', { registered: true });
    await desk.done('set-presence', { state: 'ready' });
    api.exchange.arrive({ fromNumber: '13800000081', dialled: '8000' });
    const { callId } = (await desk.hears('call.changed', (call) => call?.phase === 'ringing')) ?? {};
    await desk.done('answer-call', { callId: callId ?? '' });
    const leg = await eventually(() => api.exchange.legOf(deviceId), { what: 'the softphone rings' });
    api.exchange.deviceAnswers(leg.legId);
    await desk.hears('call.changed', (call) => call?.phase === 'talking');
    calls.push(callId ?? '');
    const [own] = tabs;
    if (own) tabs[0] = { ...own, socketId: desk.socket.id ?? '' };
  }

  async function send(name: CommandName, tab: Connection, input: unknown): Promise<void> {
    try {
      const answer = await api.get(CommandRegistry).carryOut(name, input, tab);
      if (!isRefusal(answer)) JSON.stringify(answer);
    } catch (error) {
      const { body } = api.get(Faults).answer(error, name);
      if (body.reference === undefined) return;
      const said = error instanceof Error ? error.message : String(error);
      faults.push({
        name,
        as: tab.actor.login,
        said: said.slice(0, 200),
        input: JSON.stringify(input).slice(0, 300),
      });
    }
  }

  /** What ends the talk comes last, so that the others find it. */
  const ending: readonly CommandName[] = ['hang-up-call', 'take-over-call', 'complete-wrap-up'];
  const names = Object.keys(commandSchemas) as CommandName[];
  const ordered = [...names.filter((name) => !ending.includes(name)), ...ending];

  it('every command answers whatever is sent with a refusal or a result', async () => {
    for (const name of ordered) {
      const values = fc.sample(wireValuesFor(commandSchemas[name], calls), { seed, numRuns });
      await Promise.all(values.map((value, at) => send(name, tabs[at % tabs.length] as Connection, value)));
    }
    expect({ seed, faults }).toEqual({ seed, faults: [] });
    expect(log.filter((line) => line.includes('internal fault'))).toEqual([]);
  }, 60_000);
});
