import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import {
  type PolicyPublish,
  policyVersionRowSchema,
  policyVersionSchema,
} from '../../../src/contracts/policy.js';
import { Policies } from '../../../src/standard/policies.js';
import { defaultPolicy } from '../../../src/standard/policy/default-policy.js';
import { Api } from '../../support/api.js';
import { simulatedTelephony } from '../../support/simulated-telephony.js';

describe('policy', () => {
  let api: Api;
  let supervisor: string;
  let agent: string;

  beforeAll(async () => {
    api = await Api.start({ telephony: simulatedTelephony() });
    supervisor = await api.signIn('supervisor');
    agent = await api.signIn('801');
  }, 60_000);
  afterAll(async () => api.stop());

  const current = async () =>
    policyVersionSchema.parse((await api.read('/api/policy', { cookie: agent })).body);
  const publish = (body: unknown, cookie = supervisor) => api.post('/api/policy', { cookie, body });
  const edited = (version: number, change: Partial<PolicyPublish['document']>): PolicyPublish => ({
    basedOn: version,
    why: '新店开业',
    document: { ...defaultPolicy, ...change },
  });

  describe('the standard over REST', () => {
    it('is seeded once as version 1, whole', async () => {
      const { version, document } = await current();
      expect(version).toBe(1);
      expect(document).toEqual(defaultPolicy);
    });

    it('is read as it was published, whatever the product ships today', async () => {
      const { away: _, transfer: __, ...earlier } = defaultPolicy;
      const shipped = structuredClone(defaultPolicy.away);
      const row = [90, 'system', 'of an earlier product', JSON.stringify(earlier)];
      const house = await Api.start({ telephony: simulatedTelephony() });
      try {
        await house.get(DataSource).query('insert into policies values ($1, now(), $2, $3, $4)', row);
        defaultPolicy.away.limitMs = 99_000;
        const { document } = await house.get(Policies).current();
        expect(document.away).toEqual(shipped);
        expect(document.transfer).toEqual(defaultPolicy.transfer);
      } finally {
        defaultPolicy.away = shipped;
        await house.stop();
      }
    });

    it('is seeded by one of two processes that start together', async () => {
      await using second = await Api.start({ telephony: simulatedTelephony(), beside: api });
      expect((await second.get(Policies).current()).version).toBe(1);
    });

    it('is published by the supervisor as a new version; the old one stays', async () => {
      const before = await current();
      const ring = { ...defaultPolicy.ring, rings: 4 };
      const answer = await publish(edited(before.version, { ring }));
      expect(answer.status).toBe(201);
      expect(policyVersionSchema.parse(answer.body)).toMatchObject({
        version: before.version + 1,
        createdBy: 'supervisor',
        why: '新店开业',
      });
      expect((await current()).document.ring.rings).toBe(4);
      const old = await api.read(`/api/policy/versions/${before.version}`, { cookie: agent });
      expect(policyVersionSchema.parse(old.body)).toEqual(before);
      const list = await api.read('/api/policy/versions', { cookie: agent });
      const versions = z.array(policyVersionRowSchema).parse(list.body);
      expect(versions.map(({ version }) => version)).toEqual([before.version + 1, before.version]);
    });

    it('two publishers of the same version: one is told that it changed meanwhile', async () => {
      const { version } = await current();
      const answers = await Promise.all([publish(edited(version, {})), publish(edited(version, {}))]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
        code: 'policy.changed-meanwhile',
      });
    });

    it('refuses a document that contradicts itself, and names the places', async () => {
      const { version } = await current();
      const answer = await publish(edited(version, { clauses: defaultPolicy.clauses.slice(1) }));
      expect(answer).toMatchObject({
        status: 422,
        body: {
          code: 'policy.contradictory',
          details: { faults: expect.arrayContaining([{ path: 'clauses.1', code: 'clause-missing' }]) },
        },
      });
    });

    it.each([
      ['an unknown field', { ...edited(1, {}), extra: true }],
      ['a wrong type', { ...edited(1, {}), document: { ...defaultPolicy, ring: 'three' } }],
      ['no reason', { ...edited(1, {}), why: ' ' }],
    ])('refuses %s', async (_what, body) => {
      expect(await publish(body)).toMatchObject({ status: 400, body: { code: 'request.malformed' } });
    });

    it('is not an agent’s to publish, and nobody’s without a session', async () => {
      expect(await publish(edited(1, {}), agent)).toMatchObject({
        status: 403,
        body: { code: 'permission.denied' },
      });
      expect((await api.read('/api/policy')).status).toBe(401);
    });

    it.each([
      ['99', 404, 'policy.not-found'],
      ['0', 400, 'request.malformed'],
      ['one', 400, 'request.malformed'],
    ])('version %s does not exist', async (version, status, code) => {
      const answer = await api.read(`/api/policy/versions/${version}`, { cookie: agent });
      expect(answer).toMatchObject({ status, body: { code } });
    });

    it('cannot be changed behind its back', async () => {
      const source = api.get(DataSource);
      await expect(source.query("update policies set why = 'x'")).rejects.toThrow('append-only');
      await expect(source.query('delete from policies')).rejects.toThrow('append-only');
    });
  });
});
