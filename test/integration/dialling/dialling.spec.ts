import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import {
  type CheckedNumber,
  checkedNumberSchema,
  type DiallingRules,
  diallingVersionSchema,
} from '../../../src/contracts/dialling.js';
import type { Role } from '../../../src/contracts/identity.js';
import { defaultRules } from '../../../src/dialling/default-rules.js';
import { Dialling } from '../../../src/dialling/dialling.js';
import { People } from '../../../src/identity/people.js';
import type { Actor } from '../../../src/kernel/actor.js';
import { isRefusal } from '../../../src/kernel/refusal.js';
import { Api } from '../../support/api.js';
import { simulatedTelephony } from '../../support/simulated-telephony.js';

describe('dialling', () => {
  let api: Api;
  let supervisor: string;

  beforeAll(async () => {
    api = await Api.start({ telephony: simulatedTelephony() });
    supervisor = await api.signIn('supervisor');
  }, 60_000);
  afterAll(async () => api.stop());
  beforeEach(() => changed({}));

  /** The shipped rules with these changes are in force from now on. */
  async function changed(rules: Partial<DiallingRules>): Promise<void> {
    const { body } = await api.read('/api/dialling', { cookie: supervisor });
    const basedOn = diallingVersionSchema.parse(body).version;
    const change = { basedOn, rules: { ...defaultRules, ...rules } };
    expect((await api.put('/api/dialling', { cookie: supervisor, body: change })).status).toBe(200);
  }

  async function actor(login: string): Promise<Actor> {
    const person = await api.get(People).byLogin(login);
    if (!person) throw new Error(`no such person: ${login}`);
    const { id: personId, role, name, agentNumber } = person;
    return { personId, sessionId: 'test', role: role as Role, login, name, agentNumber };
  }

  /** What dialling this comes to: the number that goes out, or the refusal's code. */
  async function dialled(login: string, typed: string): Promise<string> {
    const answer = await api.get(Dialling).resolve(await actor(login), typed);
    return isRefusal(answer) ? answer.code : answer.number;
  }

  async function check(number: string, login: string): Promise<CheckedNumber> {
    const { body } = await api.post('/api/dialling/check', {
      cookie: await api.signIn(login),
      body: { number },
    });
    return checkedNumberSchema.parse(body);
  }

  async function audited(action: string): Promise<string[]> {
    const rows: { subject: string }[] = await api
      .get(DataSource)
      .query('select subject from audit_log where action = $1 order by at, id', [action]);
    return rows.map(({ subject }) => subject);
  }

  describe('who may dial what', () => {
    it('allows a role more, and denies a beginning to all, from the next call on', async () => {
      expect(await dialled('801', '0033142685300')).toBe('dial.not-allowed');
      const roles = defaultRules.roles.map((each) =>
        each.role === 'lead' ? { ...each, allowed: ['+33'] } : each,
      );
      await changed({ roles, denied: ['+331499', '139'] });
      expect(await dialled('lead', '0033142685300')).toBe('+33142685300');
      expect(await dialled('lead', '0033149912345')).toBe('dial.not-allowed');
      expect(await dialled('801', '0033142685300')).toBe('dial.not-allowed');
      expect(await dialled('801', '13912345678')).toBe('dial.not-allowed');
    });

    it('keeps every refused attempt in the audit log: they are how toll fraud begins', async () => {
      const before = await audited('dialling.refused');
      expect(await dialled('802', '+1 900 555 0100')).toBe('dial.not-allowed');
      expect((await audited('dialling.refused')).slice(before.length)).toEqual(['number:****0100']);
    });

    it('never dials the house’s own numbers: such a call comes in again', async () => {
      for (const typed of ['8000', '010 6554 0000', '+86 10 6554 0000']) {
        expect(await dialled('801', typed)).toBe('dial.own-number');
        expect((await check(typed, '801')).allowed).toBe(false);
      }
      const entry = { zh: '总机', en: 'Switchboard', number: '6554 0000' };
      const answer = await api.post('/api/phone-book', { cookie: supervisor, body: entry });
      expect(answer).toMatchObject({ status: 422, body: { code: 'dial.own-number' } });
    });

    it('lets one person dial so many numbers an hour, and help at any time', async () => {
      await changed({ perAgentPerHour: 2 });
      expect(await dialled('803', '13912345678')).toBe('13912345678');
      expect(await dialled('803', '13912345678')).toBe('13912345678');
      expect(await dialled('803', '13912345678')).toBe('dial.too-many');
      expect(await dialled('803', '120')).toBe('120');
      expect(await dialled('804', '13912345678')).toBe('13912345678');
      const { personId } = await actor('803');
      expect(await audited('dialling.refused')).toContain(`person:${personId}`);
    });

    it('is changed by the supervisor alone, never over somebody else’s change', async () => {
      const body = { basedOn: 1, rules: defaultRules };
      const agent = await api.put('/api/dialling', { cookie: await api.signIn('801'), body });
      expect(agent.status).toBe(403);
      const stale = await api.put('/api/dialling', { cookie: supervisor, body });
      expect(stale).toMatchObject({ status: 409, body: { code: 'policy.changed-meanwhile' } });
    });
  });
});
