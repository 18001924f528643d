import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { GuestAccount } from '../../src/contracts/softphone.js';
import { type SipText, sipText } from '../builders/sip-text.js';
import { eventually } from '../support/eventually.js';
import { RawWebSip } from '../support/phones/raw-web-sip.js';
import { EdgeHouse } from './edge-house.js';
import type { House } from './house.js';

jest.setTimeout(120_000);

/** What the engine said in answer to a request of ours. */
const saidTo = (page: RawWebSip, callId: string) =>
  page.heard.filter(
    ({ headers, status }) => status !== undefined && headers.some(([, value]) => value === callId),
  );

describe('the edge of the telephony, to those whose words have two meanings', () => {
  let edge: EdgeHouse;
  let house: House;
  let guest: GuestAccount;
  beforeAll(async () => {
    edge = await EdgeHouse.open();
    ({ house } = edge);
    guest = await edge.guest();
  }, 60_000);
  afterEach(async () => {
    try {
      await edge.nothingHappened();
    } finally {
      edge.clear();
    }
  });
  afterAll(() => house.close());

  const invite = (given: SipText) =>
    sipText('INVITE', {
      from: `From: <sip:${guest.deviceId}@sanling>;tag=a`,
      callId: 'Call-ID: twofold',
      ...given,
    });

  it('takes none of them on, and hangs up on those that are no proper message', async () => {
    const second = invite({ from: 'From: <sip:stranger@sanling>;tag=a', callId: 'Call-ID: second' });
    const texts: [string, string][] = [
      ['two messages in a frame', `${invite({})}${second}`],
      ['a body that is a message', invite({ body: second, length: 'Content-Length: 0' })],
      ['a second From behind LF', invite({ more: ['Subject: x\nFrom: <sip:stranger@sanling>;tag=a'] })],
      ['a second From in short', invite({ more: ['f: <sip:stranger@sanling>;tag=a'] })],
      ['a Via of the trunk’s', invite({ via: 'Via: SIP/2.0/UDP x.invalid;branch=z9hG4bK7' })],
      ['a route to elsewhere', invite({ more: ['Record-Route: <sip:127.0.0.99:5060;lr>'] })],
    ];
    for (const [what, text] of texts) {
      const page = await edge.web(guest.socketPath);
      page.send(text);
      expect([what, await page.closed(), page.heard]).toEqual([what, 4400, []]);
    }
  });

  it('hears the name in the URI, whatever else a From says', async () => {
    const page = await edge.web(guest.socketPath);
    const names = [
      `"<sip:${guest.deviceId}@sanling>" <sip:stranger@sanling>`,
      `"\\"<sip:${guest.deviceId}@sanling>" <sip:trunk@sanling>`,
      `<sip:stranger@sanling;x=sip:${guest.deviceId}@sanling>`,
    ];
    for (const [index, name] of names.entries()) {
      const callId = `named-${index}`;
      page.send(invite({ from: `From: ${name};tag=a`, callId: `Call-ID: ${callId}` }));
      await eventually(() => saidTo(page, callId).length > 0);
      expect([name, saidTo(page, callId).map(({ status }) => status)]).toEqual([name, [403]]);
    }
  });

  it('makes no call of a request that says it is part of one', async () => {
    const page = await edge.web(guest.socketPath);
    const contact = `Contact: <sip:${guest.deviceId}@x.invalid;transport=ws>`;
    const calls = Array.from({ length: 40 }, (_, n) => `part-${n}`);
    for (const [index, callId] of calls.entries()) {
      const to = index % 2 ? 'To: <sip:8000@sanling>;tag=made-up' : 'To: "a;tag=b" <sip:8000@sanling>';
      page.send(invite({ to, callId: `Call-ID: ${callId}`, more: ['Max-Forwards: 70', contact] }));
    }
    await eventually(() =>
      calls.every((callId) => saidTo(page, callId).some(({ status = 0 }) => status >= 200)),
    );
    const statuses = calls.map((callId) => saidTo(page, callId).at(-1)?.status);
    // A part of no call; a call of its own, asked for a proof or told that the guest has one already.
    expect(new Set(statuses.filter((_, index) => index % 2 === 1))).toEqual(new Set([481]));
    expect(statuses.every((status) => status === 481 || status === 401 || status === 486)).toBe(true);
  });

  it('takes nothing that came over a WebSocket for the trunk’s, though its address is', async () => {
    const straight = await RawWebSip.open(house.services.ASTERISK_HTTP_URL, '/ws');
    if (typeof straight === 'number') throw new Error(`refused with ${straight}`);
    edge.keep(straight);
    for (const from of ['stranger', 'trunk', 'nobody', 'anonymous'])
      for (const method of ['INVITE', 'OPTIONS', 'REGISTER'])
        expect([from, method, (await straight.ask({ method, from, to: '8000' }))?.status]).toEqual([
          from,
          method,
          401,
        ]);
  });
});
