import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { PromptSummary } from '../../../src/contracts/prompt.js';
import { auditEntryEntity } from '../../../src/identity/audit-entry.entity.js';
import { SystemClock } from '../../../src/kernel/clock.js';
import { PromptConverter } from '../../../src/prompts/prompt-converter.js';
import { Prompts } from '../../../src/prompts/prompts.js';
import { TelephonyEngine } from '../../../src/telephony/port/engine.js';
import { SimulatedExchange } from '../../../src/telephony/simulated/simulated-exchange.js';
import { toneSamples, wavFile } from '../../builders/tone-wav.js';
import { Api } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';
import { hearsTone } from '../../support/phones/tone-detector.js';
import { parseWav } from '../../support/phones/wav.js';
import { simulatedTelephony } from '../../support/simulated-telephony.js';

describe('prompts', () => {
  const hertz = 660;
  const tone = (ms: number, rate = 44_100, level = 0.5) =>
    wavFile(toneSamples([{ ms, hertz, level }], rate), rate);
  const greeting = { zh: '欢迎致电', en: 'Welcome' };

  const exchange = new SimulatedExchange(new SystemClock());
  let api: Api;
  let supervisor: string;
  let lead: string;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'prompts-'));
    api = await Api.start({
      telephony: simulatedTelephony(exchange),
      settings: { SANLING_LONGEST_PROMPT_SECONDS: '5', SANLING_LARGEST_PROMPT_MB: '1' },
    });
    [supervisor, lead] = [await api.signIn('supervisor'), await api.signIn('lead')];
  });
  afterAll(async () => {
    await api.stop();
    rmSync(folder, { recursive: true });
  });

  /** As a browser sends the form. */
  async function send(
    method: string,
    path: string,
    fields: Record<string, string>,
    file?: Buffer,
    cookie = supervisor,
  ) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (file) form.append('audio', new Blob([new Uint8Array(file)]), '欢迎.wav');
    const response = await fetch(`${api.url}${path}`, { method, body: form, headers: { cookie } });
    return { status: response.status, body: (await response.json()) as PromptSummary & { code?: string } };
  }

  const upload = (name: string, file?: Buffer, cookie?: string) =>
    send('POST', '/api/prompts', { name, ...greeting }, file, cookie);

  const uploaded = async (file = tone(1_000)) => (await upload(randomUUID(), file)).body;

  const heard = async (id: string) => {
    const response = await fetch(`${api.url}/api/prompts/${id}/audio`, { headers: { cookie: lead } });
    expect(response.headers.get('content-type')).toBe('audio/wav');
    return parseWav(Buffer.from(await response.arrayBuffer()));
  };

  /** A file whose header says something else of its rate. */
  function saying({ sampleRate }: { sampleRate: number }): Buffer {
    const file = tone(500);
    file.writeUInt32LE(sampleRate, 24);
    file.writeUInt32LE(sampleRate * 2, 28);
    return file;
  }

  /** The tone as another kind of file. */
  function encoded(codec: string, ending: string, ...options: string[]): Buffer {
    const [from, to] = [join(folder, 'tone.wav'), join(folder, `tone.${ending}`)];
    writeFileSync(from, tone(1_500, 48_000));
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', from, '-c:a', codec, ...options, to]);
    return readFileSync(to);
  }

  describe('an uploaded prompt', () => {
    it('is converted, listed, heard, and at the engine', async () => {
      const { status, body } = await upload('欢迎语', tone(1_500));
      expect(status).toBe(201);
      expect(body).toMatchObject({
        name: '欢迎语',
        text: greeting,
        durationMs: 1_500,
        format: 'wav',
        fileName: '欢迎.wav',
        changedBy: 'supervisor',
      });
      const list = (await api.read('/api/prompts', { cookie: lead })).body;
      expect(list).toContainEqual(body);
      const { sampleRate, channels } = await heard(body.id);
      expect([sampleRate, channels.length]).toEqual([16_000, 1]);
      expect(hearsTone(channels[0] ?? new Int16Array(), hertz, 16_000)).toBe(true);
      const sound = await api.get(Prompts).soundOf(body.id);
      expect(exchange.sounds.has(sound ?? '')).toBe(true);
    });

    it.each([
      ['mp3', 'libmp3lame', 'mp3', []],
      ['ogg-opus', 'libopus', 'opus', []],
      ['ogg-vorbis', 'libvorbis', 'ogg', ['-ac', '2']],
      ['wav', 'pcm_u8', 'wav', ['-ar', '11025']],
      ['wav', 'pcm_s24le', 'wav', ['-ar', '96000', '-ac', '2']],
      ['wav', 'pcm_f32le', 'wav', []],
      ['wav', 'pcm_alaw', 'wav', ['-ar', '8000']],
    ] as const)('may be %s (%s), whatever its name says', async (format, codec, ending, options) => {
      const body = await uploaded(encoded(codec, `${codec}.${ending}`, ...options));
      expect(body).toMatchObject({ format });
      // Codecs add up to a tenth of a second of nothing.
      expect(Math.abs(body.durationMs - 1_500)).toBeLessThan(130);
      const { channels } = await heard(body.id);
      expect(hearsTone(channels[0]?.subarray(4_000, 20_000) ?? new Int16Array(), hertz, 16_000)).toBe(true);
    });

    it.each([
      [422, 'prompt.empty', () => undefined],
      [422, 'prompt.empty', () => Buffer.alloc(0)],
      [422, 'prompt.wrong-kind', () => Buffer.from('<html>no sound</html>'.repeat(100))],
      [422, 'prompt.wrong-kind', () => picture()],
      [422, 'prompt.too-long', () => tone(5_500, 8_000)],
      [422, 'prompt.silent', () => tone(1_000, 8_000, 0)],
      // No decoder of AAC may go into the product: the ones there are come under the GPL.
      [422, 'prompt.wrong-kind', () => encoded('aac', 'speech.m4a')],
      [422, 'prompt.corrupt', () => scrambled(encoded('libopus', 'bad.opus'))],
      [422, 'prompt.wrong-kind', () => saying({ sampleRate: 4_000_000 })],
      [422, 'prompt.wrong-kind', () => saying({ sampleRate: 4_000 })],
      [422, 'prompt.wrong-kind', () => encoded('libvorbis', 'six.ogg', '-ac', '6')],
      [413, 'prompt.too-large', () => Buffer.concat([tone(500), Buffer.alloc(1_000_000)])],
    ])('is refused: %d %s', async (status, code, file) => {
      const before = (await api.read('/api/prompts', { cookie: lead })).body;
      const answer = await upload(randomUUID(), file());
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect((await api.read('/api/prompts', { cookie: lead })).body).toEqual(before);
    });

    it('has a name of its own, also by other capitals', async () => {
      await upload('Closing', tone(500));
      expect((await upload('closing', tone(500))).body.code).toBe('prompt.name-taken');
      const other = await uploaded();
      const wish = { name: 'CLOSING', ...greeting };
      const renamed = await api.put(`/api/prompts/${other.id}`, { cookie: supervisor, body: wish });
      expect(renamed).toMatchObject({ status: 409, body: { code: 'prompt.name-taken' } });
      const twice = await Promise.all([upload('Twice', tone(500)), upload('Twice', tone(500))]);
      expect(twice.map(({ status }) => status).sort()).toEqual([201, 409]);
    });

    it('needs a name and words', async () => {
      const { body } = await send('POST', '/api/prompts', { name: ' ', zh: '', en: 'x' }, tone(500));
      expect(body.code).toBe('request.malformed');
    });

    it('is read by a lead and changed by the supervisor only', async () => {
      const { id } = await uploaded();
      expect((await upload(randomUUID(), tone(500), lead)).body.code).toBe('permission.denied');
      expect((await send('PUT', `/api/prompts/${id}/audio`, {}, tone(500), lead)).body.code).toBe(
        'permission.denied',
      );
      const agent = await api.signIn('801');
      expect((await api.read('/api/prompts', { cookie: agent })).status).toBe(403);
      expect((await api.read(`/api/prompts/${id}/audio`, { cookie: agent })).status).toBe(403);
    });
  });

  describe('the conversion', () => {
    const file = tone(4_000, 192_000).subarray(0, 950_000);

    it('leaves the server free for others meanwhile', async () => {
      let converted = false;
      const sent = upload(randomUUID(), file).then(({ status }) => {
        converted = true;
        return status;
      });
      for (let asked = 0; asked < 3; asked++) await api.read('/api/session', { cookie: lead });
      expect(converted).toBe(false);
      expect(await sent).toBe(201);
    });

    it('ends with its time or its memory, and the next file is converted', async () => {
      class Hasty extends PromptConverter {
        protected override readonly patienceMs = 1;
      }
      class Cramped extends PromptConverter {
        protected override readonly resourceLimits = { maxOldGenerationSizeMb: 4 };
      }
      for (const converter of [new Hasty(api.config), new Cramped(api.config)]) {
        expect(await converter.convert(file)).toMatchObject({ code: 'prompt.corrupt' });
        await converter.onModuleDestroy();
      }
      expect(await uploaded()).toMatchObject({ durationMs: 1_000 });
    });

    it('of many files at once is begun for a few', async () => {
      const converter = new PromptConverter(api.config);
      const made = await Promise.all(Array.from({ length: 6 }, () => converter.convert(tone(300, 8_000))));
      await converter.onModuleDestroy();
      const codes = made.map((one) => ('code' in one ? one.code : one.durationMs));
      expect(codes).toEqual([300, 300, 300, 300, 'request.too-many', 'request.too-many']);
    });
  });

  describe('a prompt', () => {
    it('that is replaced is another sound, and the old one goes', async () => {
      const before = await uploaded();
      const old = await api.get(Prompts).soundOf(before.id);
      const { body } = await send('PUT', `/api/prompts/${before.id}/audio`, {}, tone(2_000));
      expect(body).toMatchObject({ id: before.id, name: before.name, durationMs: 2_000 });
      const now = await api.get(Prompts).soundOf(before.id);
      expect(now).not.toBe(old);
      expect([exchange.sounds.has(now ?? ''), exchange.sounds.has(old ?? '')]).toEqual([true, false]);
      const refused = await send('PUT', `/api/prompts/${before.id}/audio`, {}, Buffer.from('nothing'));
      expect(refused.body.code).toBe('prompt.wrong-kind');
      expect(await api.get(Prompts).soundOf(before.id)).toBe(now);
    });

    it('is renamed', async () => {
      const { id } = await uploaded();
      const wish = { name: randomUUID(), zh: '再见', en: 'Goodbye' };
      const { body } = await api.put(`/api/prompts/${id}`, { cookie: supervisor, body: wish });
      expect(body).toMatchObject({ id, name: wish.name, text: { zh: '再见', en: 'Goodbye' } });
    });

    it('in use stays; after that it goes, and its sound with it', async () => {
      const { id } = await uploaded();
      const uses = [{ kind: 'flow' as const, id: randomUUID(), name: '8000' }];
      let inUse = true;
      api.get(Prompts).usedBy(async (promptId) => (inUse && promptId === id ? uses : []));
      const remove = () => api.ask('DELETE', `/api/prompts/${id}`, { cookie: supervisor });
      expect(await remove()).toMatchObject({
        status: 409,
        body: { code: 'prompt.in-use', details: { uses } },
      });
      inUse = false;
      const sound = await api.get(Prompts).soundOf(id);
      expect((await remove()).status).toBe(200);
      expect(exchange.sounds.has(sound ?? '')).toBe(false);
      expect(await api.get(Prompts).soundOf(id)).toBeUndefined();
      expect(await remove()).toMatchObject({ status: 404, body: { code: 'prompt.not-found' } });
    });

    it('that is not there is not found', async () => {
      const path = `/api/prompts/${randomUUID()}`;
      expect((await api.read(`${path}/audio`, { cookie: lead })).status).toBe(404);
      expect((await send('PUT', `${path}/audio`, {}, tone(500))).body.code).toBe('prompt.not-found');
      const wish = { name: 'x', ...greeting };
      expect((await api.put(path, { cookie: supervisor, body: wish })).status).toBe(404);
    });

    it('that the engine misses is brought when it is connected again', async () => {
      const { id } = await uploaded();
      const sound = (await api.get(Prompts).soundOf(id)) ?? '';
      exchange.sounds.clear();
      const engine = api.get(TelephonyEngine);
      await engine.stop();
      await engine.start();
      await eventually(() => exchange.sounds.has(sound));
    });

    it('leaves every change in the audit log', async () => {
      const { id, name } = await uploaded();
      await send('PUT', `/api/prompts/${id}/audio`, {}, tone(700));
      await api.put(`/api/prompts/${id}`, { cookie: supervisor, body: { name, ...greeting } });
      await api.ask('DELETE', `/api/prompts/${id}`, { cookie: supervisor });
      const entries = await api
        .get(DataSource)
        .getRepository(auditEntryEntity)
        .find({ where: { subject: `prompt:${id}` }, order: { id: 'asc' } });
      expect(entries.map(({ action, actorLogin }) => [action, actorLogin])).toEqual(
        ['prompt.uploaded', 'prompt.replaced', 'prompt.renamed', 'prompt.removed'].map((action) => [
          action,
          'supervisor',
        ]),
      );
    });
  });

  /** A film without sound. */
  function picture(): Buffer {
    const path = join(folder, 'film.mp4');
    execFileSync('ffmpeg', [
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      'testsrc=duration=1',
      '-c:v',
      'mpeg4',
      path,
    ]);
    return readFileSync(path);
  }

  /** Good at its beginning, nonsense after it. */
  function scrambled(file: Buffer): Buffer {
    return Buffer.from(
      file.map((byte, i) =>
        i < 400 || file.subarray(i, i + 4).toString('latin1') === 'OggS' ? byte : byte ^ 0x5a,
      ),
    );
  }
});
