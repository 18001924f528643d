import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { pageOf } from '../../../src/contracts/call.js';
import { proposalFor } from '../../../src/contracts/proposal.js';
import {
  type EvaluationDraft,
  evaluationSchema,
  type Mark,
  type Review,
  resultRowSchema,
  resultSchema,
  reviewSchema,
} from '../../../src/contracts/quality.js';
import { Api } from '../../support/api.js';
import { simulatedTelephony } from '../../support/simulated-telephony.js';
import { recordStory, storyOf } from '../../support/told-calls.js';

describe('evaluation', () => {
  let api: Api;
  let inspector: string;
  let agent: string;
  let other: string;
  let lead: string;

  beforeAll(async () => {
    api = await Api.start({ telephony: simulatedTelephony() });
    [inspector, agent, other, lead] = (await Promise.all(
      ['inspector', '801', '802', 'lead'].map((login) => api.signIn(login)),
    )) as [string, string, string, string];
  }, 60_000);
  afterAll(async () => api.stop());

  /** A whole call of 801, held too long once, ended by the customer. */
  async function aHandling(): Promise<string> {
    const story = (await storyOf(api, '801')).arrives().queued().rings().fileShown().answers();
    story.agentSpeaks().held({ forMs: 70_000, limitMs: 60_000 }).agentSpeaks().customerHangsUp().wrapsUp();
    return (await recordStory(api, story)).handlingId;
  }

  const review = async (handlingId: string, cookie = inspector): Promise<Review> =>
    reviewSchema.parse((await api.read(`/api/quality/handlings/${handlingId}`, { cookie })).body);
  const save = (handlingId: string, body: unknown, cookie = inspector) =>
    api.put(`/api/quality/handlings/${handlingId}/evaluation`, { cookie, body });
  const submit = (evaluationId: string, cookie = inspector) =>
    api.post(`/api/quality/evaluations/${evaluationId}/submit`, { cookie });
  const draft = (revision: number, marks: Mark[], more: Partial<EvaluationDraft> = {}): EvaluationDraft => ({
    revision,
    marks,
    notes: [],
    summary: '',
    ...more,
  });

  /** Accepts what is proposed, and scores the rest. */
  const allMarks = ({ form, verdicts }: Review, share = 1): Mark[] =>
    form.items.map(({ clause, kind }) => {
      const proposed = kind === 'automatic' ? proposalFor(clause, verdicts).score : undefined;
      return proposed === undefined
        ? { clause, score: share, decision: 'scored', reason: '' }
        : { clause, score: proposed, decision: 'accepted', reason: '' };
    });

  async function submitted(): Promise<{ evaluationId: string; handlingId: string; total: number | null }> {
    const handlingId = await aHandling();
    const saved = evaluationSchema.parse(
      (await save(handlingId, draft(0, allMarks(await review(handlingId))))).body,
    );
    const done = evaluationSchema.parse((await submit(saved.id)).body);
    return { evaluationId: done.id, handlingId, total: done.total };
  }

  describe('a review', () => {
    it('shows the facts, the verdicts and the form of the version the call began under', async () => {
      const handlingId = await aHandling();
      const seen = await review(handlingId);
      expect(seen.handling.id).toBe(handlingId);
      expect(seen.timeline.at(-1)?.kind).toBe('wrap-up.completed');
      expect(seen.wrapUp).toMatchObject({ customerName: '王**', customerNumber: '138****6021' });
      expect(proposalFor('24.14', seen.verdicts).outcome).toBe('fail');
      expect(proposalFor('27.2', seen.verdicts).outcome).toBe('pass');
      expect(seen.form.items.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
      expect(seen.evaluation).toBeNull();
    });

    it('is noted in the audit log', async () => {
      const handlingId = await aHandling();
      const { call } = await review(handlingId, lead);
      const rows = await api
        .get(DataSource)
        .query("select actor_login from audit_log where action = 'call.read' and subject = $1", [
          `call:${call.id}`,
        ]);
      expect(rows).toEqual([{ actor_login: 'lead' }]);
    });

    it('is no agent’s to read, and there is none of an unknown or a missed handling', async () => {
      const handlingId = await aHandling();
      const path = `/api/quality/handlings/${handlingId}`;
      expect(await api.read(path, { cookie: agent })).toMatchObject({ status: 403 });
      const missed = await recordStory(
        api,
        (await storyOf(api, '802')).arrives().queued().rings().misses('three-rings'),
      );
      for (const id of [randomUUID(), missed.handlingId]) {
        expect(await api.read(`/api/quality/handlings/${id}`, { cookie: inspector })).toMatchObject({
          status: 404,
          body: { code: 'evaluation.not-found' },
        });
      }
    });
  });

  it('a submitted score is shown with the verdicts that it was scored by, whatever is judged today', async () => {
    const { evaluationId, handlingId } = await submitted();
    const source = api.get(DataSource);
    const before = await review(handlingId);
    const kept = await source.query(
      'select verdicts from evaluation_revisions where evaluation_id = $1 order by revision desc limit 1',
      [evaluationId],
    );
    expect(kept).toEqual([{ verdicts: before.verdicts }]);
    const other = before.verdicts.map((verdict) => ({ ...verdict, outcome: 'fail' as const }));
    await source.query(
      `insert into handling_judgements values ($1, 1, 99, now(), $2) on conflict do nothing`,
      [handlingId, JSON.stringify(other)],
    );
    const after = await review(handlingId);
    expect(after.verdicts).toEqual(before.verdicts);
    expect(after.evaluation?.fatalFailed).toEqual(before.evaluation?.fatalFailed);
  });

  describe('a draft', () => {
    it('is kept with each saving as a revision that names who', async () => {
      const handlingId = await aHandling();
      const note = { id: randomUUID(), atMs: 1_200, text: '语气好' };
      const first = await save(handlingId, draft(0, []));
      const { id, revision } = evaluationSchema.parse(first.body);
      const mark: Mark = { clause: '1', score: 0.5, decision: 'scored', reason: '' };
      const second = await save(handlingId, draft(revision, [mark], { notes: [note], summary: '还可以' }));
      const saved = evaluationSchema.parse(second.body);
      expect(saved).toMatchObject({
        id,
        revision: 2,
        state: 'draft',
        total: null,
        marks: [mark],
        notes: [note],
      });
      expect(saved.openItems).not.toContain('1');
      expect((await review(handlingId)).evaluation).toEqual(saved);
      const revisions = await api
        .get(DataSource)
        .query(
          'select revision, by_name from evaluation_revisions where evaluation_id = $1 order by revision',
          [id],
        );
      expect(revisions).toMatchObject([{ revision: 1 }, { revision: 2, by_name: saved.inspectorName }]);
    });

    it('is not overwritten unseen, nor begun twice', async () => {
      const handlingId = await aHandling();
      const answers = await Promise.all([save(handlingId, draft(0, [])), save(handlingId, draft(0, []))]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await save(handlingId, draft(7, []))).toMatchObject({
        status: 409,
        body: { code: 'evaluation.changed-meanwhile', details: { revision: 1 } },
      });
    });

    it.each<[string, (one: EvaluationDraft) => unknown, number, string]>([
      ['an unknown field', (one) => ({ ...one, total: 100 }), 400, 'request.malformed'],
      [
        'a score over one',
        (one) => ({ ...one, marks: [{ clause: '1', score: 2, decision: 'scored', reason: '' }] }),
        400,
        'request.malformed',
      ],
      [
        'a clause that the form does not ask for',
        (one) => ({ ...one, marks: [{ clause: '99', score: 1, decision: 'scored', reason: '' }] }),
        422,
        'evaluation.mark-unknown',
      ],
    ])('refuses %s', async (_what, spoil, status, code) => {
      const handlingId = await aHandling();
      expect(await save(handlingId, spoil(draft(0, [])))).toMatchObject({ status, body: { code } });
      expect((await review(handlingId)).evaluation).toBeNull();
    });

    it.each(['agent', 'lead'] as const)('is not for the %s to make', async (who) => {
      const cookie = { agent, lead }[who];
      expect(await save(await aHandling(), draft(0, []), cookie)).toMatchObject({
        status: 403,
        body: { code: 'permission.denied' },
      });
    });
  });

  describe('a submission', () => {
    it('asks for every item, and for a reason against a proposal', async () => {
      const handlingId = await aHandling();
      const marks = allMarks(await review(handlingId)).filter(({ clause }) => clause !== '3');
      const overturned = marks.map(
        (mark): Mark =>
          mark.clause === '24.14' ? { ...mark, score: 1, decision: 'overturned', reason: '' } : mark,
      );
      const saved = evaluationSchema.parse((await save(handlingId, draft(0, overturned))).body);
      expect(saved.openItems).toEqual(['3', '24.14']);
      expect(await submit(saved.id)).toMatchObject({
        status: 422,
        body: { code: 'evaluation.not-complete', details: { openItems: ['3', '24.14'] } },
      });
    });

    it('reaches the agent, who alone of the agents sees it; the first look is kept', async () => {
      const [desk, neighbour] = await Promise.all([api.socketFor(agent), api.socketFor(other)]);
      const { evaluationId, handlingId, total } = await submitted();
      expect(
        await desk.hears('result.published', (told) => told.evaluationId === evaluationId),
      ).toBeDefined();
      expect(neighbour.last('result.published')).toBeUndefined();
      const rows = async () =>
        pageOf(resultRowSchema).parse((await api.read('/api/quality/results', { cookie: agent })).body).items;
      expect((await rows()).find((row) => row.evaluationId === evaluationId)).toMatchObject({
        handlingId,
        total,
        seenAt: null,
        fromNumber: '138****6021',
      });
      const path = `/api/quality/results/${evaluationId}`;
      expect(await api.read(path, { cookie: other })).toMatchObject({ status: 404 });
      await api.read(path, { cookie: lead });
      expect((await rows()).find((row) => row.evaluationId === evaluationId)?.seenAt).toBeNull();
      const first = resultSchema.parse((await api.read(path, { cookie: agent })).body);
      expect(first.evaluation).toMatchObject({ state: 'submitted', total, openItems: [] });
      const again = resultSchema.parse((await api.read(path, { cookie: agent })).body);
      expect(again.evaluation.seenAt).toBe(first.evaluation.seenAt);
      expect(first.evaluation.seenAt).not.toBeNull();
    });

    it('counts what failed by its weight', async () => {
      const { handlingId, total } = await submitted();
      const { form, verdicts } = await review(handlingId);
      const shares = form.items.map(({ clause, weight, kind }) => ({
        weight,
        share: kind === 'automatic' ? (proposalFor(clause, verdicts).score ?? 1) : 1,
        applies: kind !== 'automatic' || proposalFor(clause, verdicts).score !== null,
      }));
      const possible = shares.reduce((sum, { weight, applies }) => sum + (applies ? weight : 0), 0);
      const reached = shares.reduce(
        (sum, { weight, share, applies }) => sum + (applies ? weight * share : 0),
        0,
      );
      expect(total).toBeCloseTo((100 * reached) / possible, 1);
      expect(total).toBeLessThan(100);
    });

    it('is 0 when a fatal item failed', async () => {
      const handlingId = await aHandling();
      const marks = allMarks(await review(handlingId)).map((mark) =>
        mark.clause === '24.10' ? { ...mark, score: 0 } : mark,
      );
      const saved = evaluationSchema.parse((await save(handlingId, draft(0, marks))).body);
      expect(evaluationSchema.parse((await submit(saved.id)).body)).toMatchObject({
        total: 0,
        fatalFailed: ['24.10'],
      });
    });

    it('stands: submitted once, saved no more, one an handling, in the audit log', async () => {
      const handlingId = await aHandling();
      const marks = allMarks(await review(handlingId));
      const { id } = evaluationSchema.parse((await save(handlingId, draft(0, marks))).body);
      const answers = await Promise.all([submit(id), submit(id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await save(handlingId, draft(2, marks))).toMatchObject({
        status: 409,
        body: { code: 'evaluation.already-submitted' },
      });
      const source = api.get(DataSource);
      const audited = await source.query(
        "select actor_login from audit_log where action = 'evaluation.submitted' and subject = $1",
        [`evaluation:${id}`],
      );
      expect(audited).toEqual([{ actor_login: 'inspector' }]);
      await expect(
        source.query('update evaluation_revisions set summary = $2 where evaluation_id = $1', [id, 'x']),
      ).rejects.toThrow('append-only');
    });

    it('of an unknown evaluation, or a draft shown as a result, is not found', async () => {
      expect(await submit(randomUUID())).toMatchObject({
        status: 404,
        body: { code: 'evaluation.not-found' },
      });
      const { id } = evaluationSchema.parse((await save(await aHandling(), draft(0, []))).body);
      expect(await api.read(`/api/quality/results/${id}`, { cookie: agent })).toMatchObject({ status: 404 });
    });
  });
});
