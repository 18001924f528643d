import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { CallDetail } from '../../../src/contracts/call.js';
import { Api } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';
import { SimulatedDesk } from '../../support/simulated-desk.js';

describe('a command that was answered "try again"', () => {
  let api: Api;
  let database: pg.Client;
  beforeAll(async () => {
    api = await Api.start();
    database = new pg.Client({ connectionString: api.config.databaseUrl });
    await database.connect();
  }, 60_000);
  afterAll(async () => {
    await database?.end();
    await api?.stop();
  });

  it('is not carried out when its turn comes, and whom it was about is free again', async () => {
    const first = await SimulatedDesk.open(api, '801');
    const { callId, customer } = await first.talks('13800000001');
    const second = await SimulatedDesk.open(api, '802');
    await second.ready();
    const cookie = await api.signIn('supervisor');
    const call = async () => (await api.read(`/api/calls/${callId}`, { cookie })).body as CallDetail;
    const colleague = () => second.socket.last('presence.changed')?.state;
    const { agentId } = (await second.socket.hears('desk.snapshot')).presence;

    // The database takes its time over the call; what happens to it waits.
    await database.query('begin');
    await database.query('select 1 from calls where id = $1 for update', [callId]);
    const earlier = first.socket.raw('mute-call', { callId });
    const asked = first.socket.raw('transfer-call', {
      callId,
      target: { kind: 'agent', agentId },
      reason: 'specialist',
      consent: true,
    });
    await eventually(() => colleague() === 'ringing', { what: 'the colleague is reserved' });
    expect(await asked).toMatchObject({ ok: false, refusal: { code: 'service.try-again' } });
    await eventually(() => colleague() === 'ready', { what: 'the colleague is free again' });
    await database.query('rollback');
    await earlier;

    await first.socket.done('unmute-call', { callId });
    expect((await call()).timeline.map(({ kind }) => kind)).not.toContain('transfer.requested');
    expect(colleague()).toBe('ready');
    api.exchange.remoteHangsUp(customer);
  });
});
