import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { type CallSummary, callSummarySchema, pageOf, revealedSchema } from '../../../src/contracts/call.js';
import { eventually } from '../../support/eventually.js';
import { CustomersHouse, numbers, type Seat, wholeNumbers } from './customers-house.js';

describe('customers data', () => {
  let house: CustomersHouse;
  /** `served`: at the desk of 802 to the end of the tests. */
  let calls: CustomersHouse['calls'];
  let desks: CustomersHouse['desks'];
  beforeAll(async () => {
    house = await CustomersHouse.open();
    ({ calls, desks } = house);
  }, 90_000);
  afterAll(() => house?.api.stop());

  const read = (login: string, path: string) => house.read(login, path);
  const reveal = (login: string, callId: string, body?: object) => house.reveal(login, callId, body);
  const audited = (action: string) => house.audited(action);
  async function listed(login: string, query = ''): Promise<CallSummary[]> {
    const { status, body } = await read(login, `/api/calls?${query}`);
    expect(status).toBe(200);
    return pageOf(callSummarySchema).parse(body).items;
  }
  const idsOf = (summaries: readonly CallSummary[]) => summaries.map(({ id }) => id);

  describe('the list of calls', () => {
    it.each(['lead', 'inspector', 'trainer', 'supervisor'])('is the house’s for the %s', async (login) => {
      expect(idsOf(await listed(login))).toEqual([calls.served, calls.other, calls.first]);
    });

    it('is an agent’s own, whatever the filter says', async () => {
      expect(idsOf(await listed('801'))).toEqual([calls.first]);
      expect(idsOf(await listed('802'))).toEqual([calls.served, calls.other]);
      expect(await listed('803')).toEqual([]);
      const { body } = await read('801', '/api/session');
      const { id } = (body as { person: { id: string } }).person;
      expect(await listed('802', `agentId=${id}`)).toEqual([]);
    });

    it('refuses a filter that is there and empty, by its name', async () => {
      for (const name of ['fromNumber', 'historyOf', 'outcome', 'agentId', 'since', 'until', 'limit']) {
        for (const login of ['802', 'lead']) {
          const { status, body } = await read(login, `/api/calls?${name}=`);
          expect([name, status]).toEqual([name, 400]);
          expect(body).toMatchObject({ details: { issues: [{ path: name }] } });
        }
      }
      expect((await read('lead', '/api/calls?fromNumber=%20')).status).toBe(422);
    });

    it('is asked by number in full, by those who may', async () => {
      expect(idsOf(await listed('lead', `fromNumber=${numbers.guest}`))).toEqual([calls.served, calls.first]);
      expect(idsOf(await listed('inspector', 'fromNumber=138%201234-6021'))).toHaveLength(2);
      for (const login of ['801', '802', '803', 'trainer']) {
        expect(await read(login, `/api/calls?fromNumber=${numbers.guest}`)).toMatchObject({
          status: 403,
          body: { code: 'permission.denied' },
        });
      }
      for (const part of ['138', '138123', '138****6021', 'guest-', '%25']) {
        expect(await read('supervisor', `/api/calls?fromNumber=${part}`)).toMatchObject({
          status: 422,
          body: { code: 'search.number-incomplete' },
        });
      }
      const both = await read('lead', `/api/calls?fromNumber=${numbers.guest}&historyOf=${calls.first}`);
      expect(both).toMatchObject({ status: 400, body: { details: { issues: [{ path: 'historyOf' }] } } });
    });

    it('is asked for so many numbers an hour; the same one again is no other', async () => {
      for (const number of ['13500000001', '13500000002', '13500000003', '13500000001'])
        expect(await listed('supervisor', `fromNumber=${number}`)).toEqual([]);
      expect(await read('supervisor', '/api/calls?fromNumber=13500000004')).toMatchObject({
        status: 429,
        body: { code: 'search.too-many', details: { retryAfterSeconds: expect.any(Number) } },
      });
    });
  });

  describe('the history of a customer', () => {
    it('is the agent’s to see while they have the call, without the call itself', async () => {
      const earlier = await listed('802', `historyOf=${calls.served}`);
      expect(idsOf(earlier)).toEqual([calls.first]);
      expect(earlier[0]).toMatchObject({ fromNumber: '138****6021', fromName: '王**' });
      expect(idsOf(await listed('lead', `historyOf=${calls.first}`))).toEqual([calls.served]);
    });

    it('is closed for a call that is over, another agent’s, or unknown', async () => {
      for (const [login, callId] of [
        ['802', calls.other],
        ['801', calls.first],
        ['801', calls.served],
        ['803', calls.served],
        ['802', randomUUID()],
        ['lead', randomUUID()],
      ] as const) {
        expect(await read(login, `/api/calls?historyOf=${callId}`)).toMatchObject({
          status: 404,
          body: { code: 'call.not-found' },
        });
      }
    });

    it('does not open the calls in it', async () => {
      for (const path of [`/api/calls/${calls.first}`, `/api/calls/${calls.first}/sound`])
        expect(await read('802', path)).toMatchObject({ status: 404, body: { code: 'call.not-found' } });
      expect((await read('801', `/api/calls/${calls.first}`)).status).toBe(200);
    });
  });

  describe('a customer’s number', () => {
    it('is whole in nothing that anybody is sent', async () => {
      const { body } = await read('inspector', '/api/quality/handlings');
      const [handling] = (body as { items: { handling: { id: string } }[] }).items;
      const paths = [
        '/api/calls',
        ...Object.values(calls).flatMap((id) => [`/api/calls/${id}`, `/api/calls/${id}/sound`]),
        `/api/calls?historyOf=${calls.served}`,
        '/api/floor',
        '/api/quality/handlings',
        `/api/quality/handlings/${handling?.handling.id}`,
        '/api/quality/results',
        '/api/transfer-targets',
        '/api/phone-book',
      ];
      let seen = 0;
      for (const login of ['801', '802', '803', 'lead', 'inspector', 'trainer', 'supervisor']) {
        const answers = await Promise.all(paths.map((path) => read(login, path)));
        for (const [index, answer] of answers.entries()) {
          const text = JSON.stringify(answer.body);
          expect([login, paths[index], wholeNumbers.exec(text)]).toEqual([login, paths[index], null]);
          if (text.includes('138****6021')) seen += 1;
        }
      }
      expect(seen).toBeGreaterThan(20);
      const metrics = await read('supervisor', '/api/metrics');
      expect(wholeNumbers.exec(String(metrics.body))).toBeNull();
    });

    it('is whole in no event of a socket', () => {
      const { socket } = desks['802'];
      const heard = JSON.stringify(socket.heard);
      expect(heard).toContain('138****6021');
      expect(wholeNumbers.exec(heard)).toBeNull();
      expect(socket.last('call.changed')).toMatchObject({ fromNumber: '138****6021', fromName: '王小明' });
    });

    it('is whole in no log line and no audit entry', async () => {
      const rows = await house.api.get(DataSource).query('select * from audit_log');
      expect(wholeNumbers.exec(JSON.stringify(rows))).toBeNull();
      expect(house.logged.length).toBeGreaterThan(100);
      expect(house.logged.filter((line) => wholeNumbers.test(line))).toEqual([]);
    });

    it('is not on the phone that rings', () => {
      const leg = house.api.exchange.legOf(desks['802'].deviceId);
      expect([leg?.fromNumber, leg?.fromName]).toEqual(['138****6021', '']);
    });

    it('is what a form means that was shown it masked', async () => {
      const { socket } = desks['802'];
      const draft = { customerNumber: '138****6021', note: '' };
      await socket.done('save-wrap-up-draft', { callId: calls.served, draft });
      const { body } = await reveal('802', calls.served);
      expect(revealedSchema.parse(body)).toMatchObject({
        number: numbers.guest,
        name: '王小明',
        records: [{ record: { customerNumber: numbers.guest } }],
      });
    });
  });

  describe('showing a number whole', () => {
    it('is for an agent’s own calls; one that is over needs a reason', async () => {
      expect(await reveal('801', calls.first)).toMatchObject({
        status: 422,
        body: { code: 'reveal.reason-missing' },
      });
      const { status, body } = await reveal('801', calls.first, { reason: 'call-back' });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        number: numbers.guest,
        records: [{ record: { customerName: '王小明' } }],
      });
      expect(JSON.stringify(body)).toContain(numbers.noted);
      for (const [login, callId] of [
        ['801', calls.served],
        ['802', calls.first],
        ['803', calls.served],
        ['lead', randomUUID()],
      ] as const) {
        expect(await reveal(login, callId, { reason: 'call-back' })).toMatchObject({
          status: 404,
          body: { code: 'call.not-found' },
        });
      }
    });

    it('needs a reason of a lead, of the list', async () => {
      expect(await reveal('lead', calls.served)).toMatchObject({ body: { code: 'reveal.reason-missing' } });
      for (const reason of ['', 'curious', 7])
        expect((await reveal('lead', calls.served, { reason })).status).toBe(400);
      expect((await reveal('lead', calls.served, { reason: 'complaint' })).status).toBe(200);
      expect(await reveal('trainer', calls.served, { reason: 'complaint' })).toMatchObject({
        status: 403,
        body: { code: 'permission.denied' },
      });
    });

    it('is done only so often an hour', async () => {
      const wish = { reason: 'record-check' };
      const codes = [];
      for (let time = 1; time <= 5; time += 1)
        codes.push((await reveal('supervisor', calls.first, wish)).status);
      expect(codes).toEqual([200, 200, 200, 429, 429]);
      expect(await audited('number.refused')).toMatchObject([{ actor_login: 'supervisor' }]);
    });

    it('is on record, with whom, which call and why', async () => {
      const entries = await audited('number.revealed');
      expect(entries.map(({ actor_login, subject, details }) => [actor_login, subject, details])).toEqual([
        ['802', `call:${calls.served}`, { reason: 'at-desk' }],
        ['801', `call:${calls.first}`, { reason: 'call-back' }],
        ['lead', `call:${calls.served}`, { reason: 'complaint' }],
        ...Array.from({ length: 3 }, () => ['supervisor', `call:${calls.first}`, { reason: 'record-check' }]),
      ]);
    });
  });

  describe('what is on record of reading', () => {
    it('is a list of others’ calls once, not an own list, and not each look', async () => {
      await listed('lead');
      await listed('lead');
      await listed('lead', 'outcome=answered');
      const entries = (await audited('call.listed')).filter(({ actor_login }) => actor_login === 'lead');
      expect(entries.map(({ details }) => details)).toEqual([{}, { outcome: 'answered' }]);
      expect((await audited('call.listed')).map(({ actor_login }) => actor_login)).not.toContain('802');
    });

    it('is each search by number, masked, and each history', async () => {
      const searches = await audited('call.searched');
      expect(searches[0]).toMatchObject({ actor_login: 'lead', details: { number: '138****6021' } });
      expect(searches.filter(({ actor_login }) => actor_login === 'supervisor')).toHaveLength(3);
      expect((await audited('call.history-read')).slice(0, 2)).toMatchObject([
        { actor_login: '802', subject: `call:${calls.served}` },
        { actor_login: 'lead', subject: `call:${calls.first}` },
      ]);
      const inspected = await audited('handling.listed');
      expect(inspected.map(({ actor_login }) => actor_login)).toContain('inspector');
    });

    it('is what was refused too, but not without end', async () => {
      const refused = async (login: string) =>
        (await audited('read.refused')).filter(({ actor_login }) => actor_login === login);
      const subjects = (await refused('801')).map(({ subject }) => subject);
      expect(subjects).toContain(`call:${calls.served}`);
      expect(subjects).toContain('GET /api/floor');
      expect((await refused('803')).map(({ details }) => details)).toContainEqual({ number: '138****6021' });
      await Promise.all(Array.from({ length: 70 }, () => read('803', `/api/calls/${randomUUID()}`)));
      expect(await refused('803')).toHaveLength(60);
    });
  });

  describe('calling a customer back by the call', () => {
    const wish = { purpose: 'call-back', points: '回复入住时间' };
    const code = async (seat: Seat, whom: object) => {
      const answer = await desks[seat].socket.raw('dial-number', { ...wish, ...whom });
      return (answer as { refusal?: { code: string } }).refusal?.code;
    };

    it('is for calls within the scope, and for one way to name a number', async () => {
      expect(await code('801', { customerOf: calls.other })).toBe('call.not-found');
      expect(await code('801', { customerOf: randomUUID() })).toBe('call.not-found');
      for (const whom of [{}, { number: '8101', customerOf: calls.first }])
        expect(await code('801', whom)).toBe('request.malformed');
    });

    it('dials the number, and tells it to nobody', async () => {
      const { socket } = desks['801'];
      const { callId } = await socket.done('dial-number', { ...wish, customerOf: calls.first });
      const shown = await eventually(() => {
        const call = socket.last('call.changed');
        return call?.callId === callId && call;
      });
      expect([shown.fromNumber, shown.dialled]).toEqual(['138****6021', '138****6021']);
      const rows = await house.api.get(DataSource).query('select dialled from calls where id = $1', [callId]);
      expect(rows).toEqual([{ dialled: numbers.guest }]);
      expect(await audited('dialling.dialled')).toMatchObject([
        { actor_login: '801', details: { number: '138****6021', customerOf: calls.first } },
      ]);
      expect(wholeNumbers.exec(JSON.stringify(socket.heard))).toBeNull();
    });
  });
});
