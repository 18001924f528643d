import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { type FlowDocument, flowNumberSchema, flowVersionSchema } from '../../../src/contracts/flow.js';
import { flowWalkSchema } from '../../../src/contracts/flow-trial.js';
import { welcomeFlow } from '../../../src/flows/demo-flow.js';
import { QueuesService } from '../../../src/routing/queues.service.js';
import { end, flowOf, hours, menu, queue } from '../../builders/flow.js';
import { Api } from '../../support/api.js';

describe('flows', () => {
  let api: Api;
  let supervisor: string;
  let lead: string;
  let queueId: string;

  const goodbye = { kind: 'built-in', sound: 'sanling/goodbye' } as const;

  beforeAll(async () => {
    api = await Api.start();
    supervisor = await api.signIn('supervisor');
    lead = await api.signIn('lead');
    queueId = (await api.get(QueuesService).byNumber('8000'))?.id ?? '';
  }, 60_000);
  afterAll(() => api.stop());

  const publish = (document: FlowDocument, basedOn: number, cookie = supervisor, number = '8000') =>
    api.post(`/api/flows/${number}`, { cookie, body: { basedOn, why: '旺季', document } });
  const askingFlow = () =>
    flowOf(
      [
        hours({ weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '22:00' }] }),
        menu({
          prompts: [goodbye],
          choices: [
            { digit: '1', label: '客房预订', next: 'queue' },
            { digit: '9', label: '重听', next: 'menu' },
          ],
        }),
        queue('queue', queueId),
        end([goodbye]),
      ],
      { wrongKey: null },
    );

  describe('flows over REST', () => {
    it('a number begins without one; the first is version 1, and is audited', async () => {
      const numbers = async () =>
        z.array(flowNumberSchema).parse((await api.read('/api/flows', { cookie: lead })).body);
      expect(await numbers()).toEqual([{ number: '8000', queueName: '前台预订', flow: null }]);
      expect(await api.read('/api/flows/8000', { cookie: lead })).toMatchObject({
        status: 404,
        body: { code: 'flow.not-found' },
      });
      const answer = await publish(welcomeFlow(queueId), 0);
      expect(flowVersionSchema.parse(answer.body)).toMatchObject({ version: 1, createdBy: 'supervisor' });
      expect((await numbers())[0]?.flow).toMatchObject({ version: 1, enabled: true });
      const audited = await api
        .get(DataSource)
        .query("select actor_login, subject from audit_log where action = 'flow.published'");
      expect(audited).toEqual([{ actor_login: 'supervisor', subject: 'flow:8000' }]);
    });

    it('a change is a new version, and the old one stays', async () => {
      const before = flowVersionSchema.parse((await api.read('/api/flows/8000', { cookie: lead })).body);
      const after = flowVersionSchema.parse((await publish(askingFlow(), before.version)).body);
      expect(after).toMatchObject({ version: before.version + 1, flowId: before.flowId });
      const old = await api.read(`/api/flows/8000/versions/${before.version}`, { cookie: lead });
      expect(flowVersionSchema.parse(old.body)).toEqual(before);
      const list = await api.read('/api/flows/8000/versions', { cookie: lead });
      expect((list.body as { version: number }[])[0]?.version).toBe(after.version);
    });

    it('two who change the same version: one is told', async () => {
      const { version } = flowVersionSchema.parse((await api.read('/api/flows/8000', { cookie: lead })).body);
      const answers = await Promise.all([publish(askingFlow(), version), publish(askingFlow(), version)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
        code: 'flow.changed-meanwhile',
      });
    });

    it('refuses a flow that leads nowhere, and names the steps', async () => {
      const faulty = flowOf([{ ...end([]), id: 'a' }, queue('b', 'nowhere')], { wrongKey: null });
      expect(await publish(faulty, 0)).toMatchObject({
        status: 422,
        body: {
          code: 'flow.faulty',
          details: {
            faults: [
              { stepId: 'b', code: 'queue-unknown', detail: '' },
              { stepId: 'b', code: 'unreachable', detail: '' },
            ],
          },
        },
      });
      const checked = await api.post('/api/flows/check', { cookie: lead, body: faulty });
      expect(checked.body).toHaveLength(2);
    });

    it('refuses a number that is nobody’s, and what is no flow', async () => {
      expect(await publish(welcomeFlow(queueId), 0, supervisor, '9999')).toMatchObject({
        status: 404,
        body: { code: 'flow.number-unknown' },
      });
      const half = { ...welcomeFlow(queueId), maxRounds: 0 };
      expect(await publish(half, 0)).toMatchObject({ status: 400, body: { code: 'request.malformed' } });
    });

    it('is the supervisor’s to change, and cannot be changed behind its back', async () => {
      expect((await publish(welcomeFlow(queueId), 0, lead)).status).toBe(403);
      const source = api.get(DataSource);
      await expect(source.query("update flow_versions set why = 'x'")).rejects.toThrow('append-only');
      await expect(source.query('delete from flow_versions')).rejects.toThrow('append-only');
    });

    it('can be tried without a call', async () => {
      const walk = async (at: string, answers: string[]) => {
        const body = { number: '8000', document: askingFlow(), at, answers };
        const { now, facts } = flowWalkSchema.parse(
          (await api.post('/api/flow-trials', { cookie: lead, body })).body,
        );
        const left = facts.find(({ kind }) => kind === 'menu.left');
        return { now, why: left && 'why' in left.data ? left.data.why : null };
      };
      const day = '2026-03-02T02:00:00.000Z';
      expect(await walk(day, [])).toEqual({ now: 'asks', why: null });
      expect(await walk(day, ['5', '1'])).toEqual({ now: 'queue', why: 'chosen' });
      expect(await walk(day, ['nothing', 'nothing', 'nothing'])).toEqual({ now: 'queue', why: 'exhausted' });
      expect(await walk(day, ['9', '9', '9'])).toEqual({ now: 'queue', why: 'looped' });
      expect(await walk('2026-03-02T20:00:00.000Z', [])).toEqual({ now: 'end', why: 'closed' });
    });
  });

  describe('the demo hotel', () => {
    it('has a welcome and the recording notice, made once by processes that start together', async () => {
      await using demo = await Api.start({ settings: { SANLING_DEMO_FLOW: 'on' } });
      await using second = await Api.start({ settings: { SANLING_DEMO_FLOW: 'on' }, beside: demo });
      const cookie = await second.signIn('supervisor');
      const { document, version } = flowVersionSchema.parse(
        (await second.read('/api/flows/8000', { cookie })).body,
      );
      expect(version).toBe(1);
      expect(document.opening).toHaveLength(2);
    });
  });
});
