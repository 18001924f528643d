import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { RedisConnections } from '../../../src/platform/redis/redis-connections.js';
import { RecordingLedger } from '../../../src/recordings/recording-ledger.js';
import { recordingKey } from '../../../src/recordings/storage/recording-store.js';
import { toneSamples } from '../../builders/tone-wav.js';
import { Api } from '../../support/api.js';
import { simulatedTelephony } from '../../support/simulated-telephony.js';
import { endedCall, storeRecording } from './stored-recording.js';

const startedAt = new Date('2026-03-02T01:02:03Z');

describe('listening to a recording', () => {
  let api: Api;
  let home: string;
  let lead: string;
  const callId = randomUUID();
  const recordingId = randomUUID();
  let whole: Buffer;
  let etag: string;

  const audio = `/api/recordings/${recordingId}/audio`;
  const fetchAudio = async (headers: Record<string, string>, { method = 'GET', path = audio } = {}) => {
    const response = await fetch(`${api.url}${path}`, { method, headers: { cookie: lead, ...headers } });
    return {
      status: response.status,
      headers: response.headers,
      body: Buffer.from(await response.arrayBuffer()),
    };
  };
  const listenings = async (login: string): Promise<{ subject: string; details: object }[]> =>
    api
      .get(DataSource)
      .query(
        "select subject, details from audit_log where action = 'recording.listened' and actor_login = $1",
        [login],
      );

  /** 801 answered the call; 802 was rung and did not. */
  async function seedHandlings(): Promise<void> {
    const source = api.get(DataSource);
    await endedCall(api, callId, startedAt);
    for (const [login, phase, answeredAt] of [
      ['801', 'closed', startedAt],
      ['802', 'missed', null],
    ] as const) {
      await source.query(
        `insert into handlings (id, call_id, agent_id, agent_number, phase, offered_at, answered_at)
         select $1, $2, id, agent_number, $3, $4, $5 from people where login = $6`,
        [randomUUID(), callId, phase, startedAt, answeredAt, login],
      );
    }
  }

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'sanling-listening-'));
    api = await Api.start({ telephony: simulatedTelephony(), settings: { SANLING_HOME: home } });
    await seedHandlings();
    const channel = (hertz: number) => toneSamples([{ ms: 4_000, hertz }, { ms: 1_000 }]);
    const stored = { id: recordingId, callId, startedAt, customer: channel(440), agent: channel(1_000) };
    etag = `"${await storeRecording(api, stored)}"`;
    lead = await api.signIn('lead');
    whole = (await fetchAudio({})).body;
  }, 60_000);
  afterAll(async () => {
    await api.stop();
    await rm(home, { recursive: true });
  });

  it('gives the whole as Ogg Opus, kept in no cache', async () => {
    const { status, headers, body } = await fetchAudio({});
    expect(status).toBe(200);
    expect(body.toString('latin1', 0, 4)).toBe('OggS');
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'audio/ogg',
      'accept-ranges': 'bytes',
      'content-length': String(body.length),
      'cache-control': 'no-store',
      etag,
    });
  });

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=1000-', 1_000, -1],
    ['bytes=-500', -500, -1],
    ['bytes=200-999999999', 200, -1],
    ['bytes=0-99,100-199', 0, 199],
  ])('gives the range %s', async (range, from, to) => {
    const { status, headers, body } = await fetchAudio({ range });
    const at = (place: number) => (place < 0 ? whole.length + place : place);
    expect(status).toBe(206);
    expect(headers.get('content-range')).toBe(`bytes ${at(from)}-${at(to)}/${whole.length}`);
    expect(body.equals(whole.subarray(at(from), at(to) + 1))).toBe(true);
  });

  it.each(['bytes=0-9,500-600', 'bytes=abc', 'seconds=1-2'])('gives the whole for %s', async (range) => {
    const { status, body } = await fetchAudio({ range });
    expect([status, body.equals(whole)]).toEqual([200, true]);
  });

  it('refuses a range beyond the end', async () => {
    const { status, headers, body } = await fetchAudio({ range: 'bytes=999999999-' });
    expect(status).toBe(416);
    expect(headers.get('content-range')).toBe(`bytes */${whole.length}`);
    expect(JSON.parse(body.toString())).toEqual({
      code: 'recording.range',
      details: { bytes: whole.length },
    });
  });

  it('honours a range of the version it has, and no other', async () => {
    const same = await fetchAudio({ range: 'bytes=0-9', 'if-range': etag });
    const changed = await fetchAudio({ range: 'bytes=0-9', 'if-range': '"another"' });
    expect([same.status, changed.status]).toEqual([206, 200]);
  });

  it('answers HEAD without a byte, and without calling it listening', async () => {
    const inspector = await api.signIn('inspector');
    const { status, headers, body } = await fetchAudio({ cookie: inspector }, { method: 'HEAD' });
    expect([status, body.length, headers.get('content-length')]).toEqual([200, 0, String(whole.length)]);
    expect(await listenings('inspector')).toEqual([]);
  });

  it('is noted once for a listening, however many ranges it takes, and again after a pause', async () => {
    const trainer = await api.signIn('trainer');
    const ranges = Array.from({ length: 12 }, (_, i) => `bytes=${i * 100}-${i * 100 + 99}`);
    const ask = () => Promise.all(ranges.map((range) => fetchAudio({ cookie: trainer, range })));
    expect((await ask()).map(({ status }) => status)).toEqual(ranges.map(() => 206));
    const entry = { subject: `recording:${recordingId}`, details: { callId } };
    expect(await listenings('trainer')).toEqual([entry]);
    // The pause, told to Redis instead of waited for.
    const redis = api.get(RedisConnections).shared;
    const [session]: { id: string }[] = await api
      .get(DataSource)
      .query("select s.id from sessions s join people p on p.id = s.person_id where p.login = 'trainer'");
    const { redisPrefix } = api.config;
    const keys = await redis.keys(`${redisPrefix}reading:${session?.id}:*`);
    expect(await redis.del(keys.map((key) => key.slice(redisPrefix.length)))).toBe(1);
    await ask();
    expect(await listenings('trainer')).toEqual([entry, entry]);
  });

  it('is for the agent who talked, and for no other agent', async () => {
    const [own, other] = await Promise.all([api.signIn('801'), api.signIn('802')]);
    expect((await fetchAudio({ cookie: own })).status).toBe(200);
    for (const path of [audio, `/api/recordings/${recordingId}`, `/api/recordings/${recordingId}/peaks`]) {
      const refused = await fetchAudio({ cookie: other }, { path });
      expect(refused.status).toBe(404);
      expect(JSON.parse(refused.body.toString())).toMatchObject({ code: 'recording.not-found' });
    }
    expect(await listenings('802')).toEqual([]);
  });

  it('needs a session', async () => {
    const { status } = await api.read(audio);
    expect(status).toBe(401);
  });

  it.each([
    ['an unknown id', randomUUID(), 404, 'recording.not-found'],
    ['no id at all', 'x'.repeat(500), 400, 'request.malformed'],
    ['a path', '..%2F..%2Fetc%2Fpasswd', 400, 'request.malformed'],
  ])('answers %s with a refusal', async (_name, id, status, code) => {
    const answer = await api.read(`/api/recordings/${id}/audio`, { cookie: lead });
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it('is refused while the recording is not stored', async () => {
    const running = randomUUID();
    await api.get(RecordingLedger).started(running, callId, startedAt);
    for (const what of ['audio', 'peaks']) {
      const answer = await api.read(`/api/recordings/${running}/${what}`, { cookie: lead });
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'recording.not-ready', details: { state: 'recording' } },
      });
    }
  });

  it('shows the recording and its waveform', async () => {
    const shown = await api.read(`/api/recordings/${recordingId}`, { cookie: lead });
    expect(shown).toMatchObject({
      status: 200,
      body: { id: recordingId, callId, state: 'stored', durationMs: 5_000, channels: ['customer', 'agent'] },
    });
    const { body } = await api.read(`/api/recordings/${recordingId}/peaks`, { cookie: lead });
    expect(body).toMatchObject({ durationMs: 5_000, peaksPerSecond: 50 });
    const { channels } = body as { channels: Record<'customer' | 'agent', number[]> };
    expect(channels.customer).toHaveLength(250);
    expect(Math.min(...channels.agent.slice(0, 200))).toBeGreaterThan(0.4);
    expect(Math.max(...channels.agent.slice(200))).toBe(0);
  });

  it('tells a fault when the file has gone, and does not call it listening', async () => {
    const supervisor = await api.signIn('supervisor');
    await rm(join(home, 'recordings', recordingKey(recordingId, startedAt)));
    const { status, headers } = await fetchAudio({ cookie: supervisor, range: 'bytes=0-9' });
    expect([status, headers.get('content-type')]).toEqual([500, 'application/json; charset=utf-8']);
    expect(await listenings('supervisor')).toEqual([]);
  });
});
