import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pageOf } from '../../../src/contracts/call.js';
import { evaluationSchema, type ReviewRow, reviewRowSchema } from '../../../src/contracts/quality.js';
import { People } from '../../../src/identity/people.js';
import { Api } from '../../support/api.js';
import { simulatedTelephony } from '../../support/simulated-telephony.js';
import { recordStory, storyOf } from '../../support/told-calls.js';

describe('review list', () => {
  const day = Date.parse('2026-03-02T09:00:00+08:00');
  const minute = 60_000;
  /** Handlings in the order they were answered: even ones are 801's, odd ones 802's. */
  const handlings: string[] = [];
  let api: Api;
  let inspector: string;

  beforeAll(async () => {
    api = await Api.start({ telephony: simulatedTelephony() });
    inspector = await api.signIn('inspector');
    for (let index = 0; index < 7; index++) {
      const login = index % 2 === 0 ? '801' : '802';
      const story = await storyOf(api, login, { startsAt: day + index * 10 * minute });
      story
        .arrives()
        .queued()
        .rings()
        .answers(index === 3 ? 16_000 : 4_000);
      handlings.push((await recordStory(api, story.agentSpeaks().customerHangsUp().wrapsUp())).handlingId);
    }
    await recordStory(api, (await storyOf(api, '803')).arrives().queued().rings().misses('three-rings'));
    for (const index of [2, 5]) {
      const body = { revision: 0, marks: [], notes: [], summary: '' };
      const path = `/api/quality/handlings/${handlings[index]}/evaluation`;
      evaluationSchema.parse((await api.put(path, { cookie: inspector, body })).body);
    }
  }, 60_000);
  afterAll(async () => api.stop());

  async function page(query: Record<string, string>) {
    const { body } = await api.read(`/api/quality/handlings?${new URLSearchParams(query)}`, {
      cookie: inspector,
    });
    return pageOf(reviewRowSchema).parse(body);
  }

  /** Follows `next` to the end; tells which handlings came, by their place in time. */
  async function all(query: Record<string, string>): Promise<number[]> {
    const rows: ReviewRow[] = [];
    let next: string | null = null;
    do {
      const answer: { items: ReviewRow[]; next: string | null } = await page({
        ...query,
        ...(next && { cursor: next }),
      });
      expect(answer.items.length).toBeLessThanOrEqual(Number(query.limit ?? 50));
      rows.push(...answer.items);
      next = answer.next;
    } while (next !== null);
    return rows.map(({ handling }) => handlings.indexOf(handling.id));
  }

  describe('the list of handlings for review', () => {
    it.each(['1', '2', '3', '50'])('shows each answered one once, newest first, %s a page', async (limit) => {
      expect(await all({ limit })).toEqual([6, 5, 4, 3, 2, 1, 0]);
      expect(await all({ limit, state: 'unscored' })).toEqual([6, 4, 3, 1, 0]);
      expect(await all({ limit, state: 'draft' })).toEqual([5, 2]);
      expect(await all({ limit, state: 'submitted' })).toEqual([]);
    });

    it('narrows to an agent and to a time', async () => {
      const agentId = (await api.get(People).byLogin('802'))?.id ?? '';
      expect(await all({ agentId })).toEqual([5, 3, 1]);
      const since = new Date(day + 20 * minute).toISOString();
      const until = new Date(day + 50 * minute).toISOString();
      expect(await all({ since, until })).toEqual([4, 3, 2]);
      expect(await all({ since, until, state: 'unscored' })).toEqual([4, 3]);
      expect(await all({ since, until, state: 'draft' })).toEqual([2]);
    });

    it('tells what failed and how far the scoring is', async () => {
      const { items } = await page({});
      const row = (index: number) => items.find(({ handling }) => handling.id === handlings[index]);
      expect(row(3)).toMatchObject({ failed: ['26.1'], evaluation: null, recordingState: null });
      expect(row(2)).toMatchObject({ failed: [], evaluation: { state: 'draft', total: null } });
      expect(row(2)?.handling.agentNumber).toBe('801');
    });

    it.each([
      ['an unknown filter', { colour: 'red' }],
      ['a page without size', { limit: '0' }],
      ['a time that is none', { since: 'yesterday' }],
    ])('refuses %s', async (_what, query: Record<string, string>) => {
      const answer = await api.read(`/api/quality/handlings?${new URLSearchParams(query)}`, {
        cookie: inspector,
      });
      expect(answer).toMatchObject({ status: 400, body: { code: 'request.malformed' } });
    });

    it('is not an agent’s to read', async () => {
      const cookie = await api.signIn('801');
      expect((await api.read('/api/quality/handlings', { cookie })).status).toBe(403);
    });
  });
});
