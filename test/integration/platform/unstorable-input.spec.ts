import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { type Permission, permissions, type Role } from '../../../src/contracts/identity.js';
import { type CommandName, commandSchemas } from '../../../src/contracts/socket.js';
import { toneSamples, wavFile } from '../../builders/tone-wav.js';
import { Api } from '../../support/api.js';
import { controllerInputs, type RouteInput } from '../../support/inputs/controller-inputs.js';
import { type Field, fieldsOf, sampleOf } from '../../support/inputs/schema-fields.js';
import { simulatedTelephony } from '../../support/simulated-telephony.js';

describe('unstorable input', () => {
  /** Texts that no store takes: refused wherever they come. */
  const unstorable = ['a\0b', 'a\ud800', '\udc00b'];
  /** Texts and numbers that only some fields may refuse, and nothing may stumble over. */
  const odd = {
    string: [
      '0000-01-01T00:00:00Z',
      '-271821-04-20T00:00:00.000Z',
      'MHwwMDAw',
      '253402300800000.x',
      '%00',
      '\u202e\x1b[2J',
    ],
    number: [-1, 1.5, 2_147_483_648, Number.MAX_SAFE_INTEGER, 1e308],
  };

  const logins = { agent: '801', lead: 'lead', inspector: 'inspector', supervisor: 'supervisor' } as const;
  const cookies: Partial<Record<Role, string>> = {};
  let api: Api;

  beforeAll(async () => {
    // Each field has a socket of its own: commands are counted by the socket.
    const settings = { SANLING_TABS_PER_SESSION: '1000', SANLING_TABS_PER_PERSON: '1000' };
    api = await Api.start({ telephony: simulatedTelephony(), settings });
    for (const [role, login] of Object.entries(logins)) cookies[role as Role] = await api.signIn(login);
  }, 60_000);
  afterAll(() => api?.stop());

  function cookieFor(needed: readonly Permission[]): string | undefined {
    const roles = Object.keys(cookies) as Role[];
    const may = (role: Role) =>
      needed.length === 0 || needed.some((one) => (permissions[one] as readonly Role[]).includes(role));
    return cookies[roles.findLast(may) ?? 'agent'];
  }

  interface Refused {
    code: string;
    details: { issues?: { path: string }[] };
  }

  /** What is wrong with the answer; undefined: it is a refusal that names the field, or for odd input any answer but a fault. */
  function faultOf(answer: Refused | undefined, field: string, value: unknown): string | undefined {
    if (answer?.code === 'service.unavailable' || answer?.code === 'service.try-again') return answer.code;
    if (!unstorable.includes(value as string)) return undefined;
    const named = answer?.details.issues?.some(({ path }) => path === field || path.startsWith(`${field}.`));
    return answer?.code === 'request.malformed' && named ? undefined : `taken: ${JSON.stringify(answer)}`;
  }

  /** In turn: every text gets one that is unstorable, one field in four a strange one. */
  function valuesFor({ kind }: Field, turn: number): unknown[] {
    const refused = kind === 'string' ? [unstorable[turn % unstorable.length]] : [];
    return turn % 4 === 0 ? [...refused, odd[kind][(turn / 4) % odd[kind].length]] : refused;
  }

  /** The address and the body of a request that carries the input. */
  function requestWith({ path, place, name }: RouteInput, input: unknown, body: unknown) {
    const filled = path.replace(/:(\w+)/g, (_, param: string) =>
      place === 'param' && param === name
        ? encodeURIComponent(toWire(input))
        : ({ number: '8000', version: '1' }[param] ?? randomUUID()),
    );
    const asked = Object.entries(input ?? {}).filter(([, value]) => value !== undefined);
    const query = asked.map(([key, value]) => `${key}=${encodeURIComponent(toWire(value))}`).join('&');
    return { path: place === 'query' ? `${filled}?${query}` : filled, body: place === 'body' ? input : body };
  }

  /** `encodeURIComponent` throws on half a pair; a client that sends one sends its replacement. */
  function toWire(input: unknown): string {
    return String(input).replace(/[\p{Cs}]/gu, '\0');
  }

  describe('what no store can take is refused with the name of its field', () => {
    it('in every request', async () => {
      const inputs = await controllerInputs();
      const faults: string[] = [];
      let turn = 0;
      for (const input of inputs) {
        if (!input.parsing) throw new Error(`${input.route} takes something unparsed`);
        const bodyOf = inputs.find(({ route, place }) => route === input.route && place === 'body');
        const body = bodyOf?.parsing && sampleOf(bodyOf.parsing.schema);
        for (const field of fieldsOf(input.parsing.schema)) {
          for (const value of valuesFor(field, turn++)) {
            const { path, body: sent } = requestWith(input, field.put(value), body);
            const answer = await api.ask(input.method, path, {
              cookie: cookieFor(input.permissions),
              body: sent,
            });
            // What no address can hold is refused before anybody knows which part of it was meant.
            const unreadable = input.place === 'param' && path.includes('%00');
            const where = unreadable ? 'target' : [input.name ?? [], field.path].flat().join('.');
            const fault =
              answer.status >= 500
                ? `status ${answer.status}`
                : faultOf(answer.body as Refused, where, value);
            if (fault) faults.push(`${input.route} ${where} ${JSON.stringify(value)}: ${fault}`);
          }
        }
      }
      expect(faults).toEqual([]);
    }, 60_000);

    it('in every command', async () => {
      const faults: string[] = [];
      for (const [name, schema] of Object.entries(commandSchemas)) {
        for (const [index, field] of fieldsOf(schema).entries()) {
          const socket = await api.socketFor(cookies[index % 2 ? 'lead' : 'agent'] ?? '');
          for (const value of valuesFor(field, index)) {
            const answer = await socket.command(name as CommandName, field.put(value) as never);
            const fault = faultOf(
              answer.ok ? undefined : (answer.refusal as Refused),
              field.path.join('.'),
              value,
            );
            if (fault) faults.push(`${name} ${field.path.join('.')} ${JSON.stringify(value)}: ${fault}`);
          }
          socket.close();
        }
      }
      expect(faults).toEqual([]);
    }, 60_000);

    it('in a broken address', async () => {
      const cookie = cookies.supervisor;
      for (const path of [
        '/api/calls/%E0%A4%A',
        '/api/flows/%00',
        '/api/calls?cursor[x]=1',
        '/api/calls?limit=%00',
      ]) {
        expect(await api.read(path, { cookie })).toMatchObject({
          status: 400,
          body: { code: 'request.malformed' },
        });
      }
    });
  });

  describe('what nobody typed is made storable', () => {
    it('the name of a browser', async () => {
      const headers = { 'user-agent': `Mozilla\x85\x9f${'x'.repeat(500)}` };
      const body = { login: '802', password: 'three rings' };
      expect((await api.post('/api/session', { body, headers })).status).toBe(201);
      const [{ browser }] = await api
        .get(DataSource)
        .query("select browser from sessions where browser like 'Mozilla x%'");
      expect(browser).toHaveLength(300);
    });

    it('the name of an uploaded file', async () => {
      const upload = async (title: string, named: string) => {
        const fields = Object.entries({ name: title, zh: '一\r\n二', en: 'two' }).map(
          ([name, value]) => `--part\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
        );
        const head = `--part\r\nContent-Disposition: form-data; name="audio"; ${named}\r\nContent-Type: audio/wav\r\n\r\n`;
        const audio = wavFile(toneSamples([{ ms: 500, hertz: 440 }]));
        const answer = await fetch(`${api.url}/api/prompts`, {
          method: 'POST',
          body: Buffer.concat([Buffer.from(fields.join('') + head), audio, Buffer.from('\r\n--part--\r\n')]),
          headers: {
            cookie: cookies.supervisor ?? '',
            'content-type': 'multipart/form-data; boundary=part',
          },
        });
        return (await answer.json()) as { fileName: string; text: { zh: string } };
      };
      expect(await upload('a', "filename*=UTF-8''a%00b%1B.wav")).toMatchObject({
        fileName: 'a b .wav',
        text: { zh: '一\n二' },
      });
      const { fileName } = await upload('b', `filename="${'x'.repeat(199)}😀😀.wav"`);
      expect(fileName).toBe(`${'x'.repeat(199)}😀`);
    });
  });
});
