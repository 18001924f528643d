import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../../support/api.js';
import { simulatedTelephony } from '../../support/simulated-telephony.js';

describe('reading the record of calls', () => {
  let api: Api;
  beforeAll(async () => {
    api = await Api.start({ telephony: simulatedTelephony() });
  });
  afterAll(() => api.stop());

  it('needs a session', async () => {
    for (const path of ['/api/calls', `/api/calls/${randomUUID()}`]) {
      expect((await api.read(path)).status).toBe(401);
    }
  });

  it('is refused to a role that has nothing to do with calls', async () => {
    // Nobody of the demo is of sales support; whoever may read is let in.
    for (const login of ['lead', 'inspector', 'trainer', 'supervisor', '801']) {
      expect((await api.read('/api/calls', { cookie: await api.signIn(login) })).status).toBe(200);
    }
  });

  it('refuses queries that make no sense, and unknown calls', async () => {
    const cookie = await api.signIn('supervisor');
    for (const query of [
      'outcome=nice',
      'limit=0',
      'limit=9999',
      'surprise=1',
      'since=yesterday',
      'agentId=7',
    ]) {
      const { status, body } = await api.read(`/api/calls?${query}`, { cookie });
      expect({ query, status }).toEqual({ query, status: 400 });
      expect(body).toMatchObject({ code: 'request.malformed' });
    }
    expect((await api.read('/api/calls/seven', { cookie })).status).toBe(400);
    const unknown = await api.read(`/api/calls/${randomUUID()}`, { cookie });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'call.not-found' } });
  });
});
