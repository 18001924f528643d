import { describe, expect, it } from '@jest/globals';
import { sipAnswer, sipText } from '../../../test/builders/sip-text.js';
import { OwnCalls } from './own-calls.js';
import { SipGuard } from './sip-guard.js';

const guard = (now = () => 0, calls = new OwnCalls(1)) =>
  new SipGuard(async (account) => account === 'me', now, calls);
const from = (user: string) => `From: "Me" <sip:${user}@sanling>;tag=a`;
const within = { to: 'To: <sip:8000@sanling>;tag=b' };

describe('what a softphone may send to the engine', () => {
  it('is what a phone says under its own name', async () => {
    for (const method of ['REGISTER', 'INVITE', 'ACK', 'CANCEL', 'OPTIONS'])
      expect(await guard().judge(sipText(method))).toEqual({ kind: 'carry' });
    for (const method of ['INVITE', 'ACK', 'BYE', 'INFO', 'UPDATE', 'PRACK'])
      expect(await guard().judge(sipText(method, within))).toEqual({ kind: 'carry' });
    expect(await guard().judge('\r\n\r\n')).toEqual({ kind: 'carry' });
    expect(await guard().judge(sipAnswer(200, 'OPTIONS'))).toEqual({ kind: 'carry' });
  });

  it('is not a request under another name, whatever call it says it belongs to', async () => {
    const verdict = await guard().judge(sipText('INVITE', { from: from('agent-801') }));
    expect(verdict).toMatchObject({ kind: 'answer', why: 'foreign-account' });
    expect('text' in verdict && verdict.text.split('\r\n')).toEqual([
      'SIP/2.0 403 Forbidden',
      'Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1',
      'From: "Me" <sip:agent-801@sanling>;tag=a',
      'To: <sip:8000@sanling>;tag=refused',
      'Call-ID: 1',
      'CSeq: 1 INVITE',
      'Content-Length: 0',
      '',
      '',
    ]);
    expect(await guard().judge(sipText('INVITE', { from: from('') }))).toMatchObject({
      why: 'foreign-account',
    });
    expect(await guard().judge(sipText('ACK', { from: from('agent-801') }))).toEqual({ kind: 'drop' });
    expect(await guard().judge(sipText('BYE', { from: from('agent-801'), ...within }))).toMatchObject({
      why: 'foreign-account',
    });
  });

  it('is no transfer, message or subscription, within a call or not', async () => {
    for (const method of ['REFER', 'MESSAGE', 'SUBSCRIBE', 'NOTIFY', 'PUBLISH'])
      for (const more of [{}, within])
        expect(await guard().judge(sipText(method, more))).toMatchObject({ kind: 'answer', why: 'method' });
  });

  it('is not too much: each frame counts before it is read, whatever is in it', () => {
    let now = 0;
    const busy = guard(() => now);
    const taken = () => Array.from({ length: 150 }, () => busy.counts()).filter(Boolean).length;
    expect(taken()).toBe(100);
    now = 1_000;
    expect(taken()).toBe(10);
  });

  it('begins no more than a phone would, also of what is refused', async () => {
    let now = 0;
    const busy = guard(() => now);
    for (let count = 0; count < 30; count += 1) {
      expect(await busy.judge(sipText('OPTIONS'))).toEqual({ kind: 'carry' });
      expect(await busy.judge(sipText('OPTIONS', { from: from('x') }))).toMatchObject({ kind: 'answer' });
    }
    expect(await busy.judge(sipText('OPTIONS'))).toEqual({ kind: 'close', why: 'too-many' });
    expect(await busy.judge(sipText('INFO', within))).toEqual({ kind: 'carry' });
    now = 60_000;
    expect(await busy.judge(sipText('OPTIONS'))).toEqual({ kind: 'carry' });
  });
});

describe('the calls that a softphone begins', () => {
  const invite = (id: number, more = {}) => sipText('INVITE', { callId: `Call-ID: ${id}`, ...more });
  const said = (status: number, id: number, method = 'INVITE') =>
    sipAnswer(status, method, { callId: `Call-ID: ${id}` });
  const busy = { kind: 'answer', why: 'too-many-calls', text: expect.stringMatching(/^SIP\/2\.0 486 /) };
  const carried = { kind: 'carry' };

  it('are none of an agent’s: the server dials', async () => {
    expect(await guard(undefined, new OwnCalls(0)).judge(invite(1))).toMatchObject({
      why: 'too-many-calls',
      text: expect.stringMatching(/^SIP\/2\.0 403 /),
    });
  });

  it('are one at a time, over all connections of a guest', async () => {
    const calls = new OwnCalls(1);
    const [one, other] = [guard(undefined, calls), guard(undefined, calls)];
    expect(await one.judge(invite(1))).toEqual(carried);
    one.heard(said(401, 1));
    expect(await one.judge(invite(1))).toEqual(carried);
    one.heard(said(100, 1));
    expect(await one.judge(invite(2))).toMatchObject(busy);
    one.heard(said(200, 1));
    expect(await one.judge(invite(2))).toMatchObject(busy);
    expect(await other.judge(invite(3))).toMatchObject(busy);
    expect(await one.judge(invite(1, within))).toEqual(carried);
  });

  it('leave room for the next when they are over', async () => {
    const ends = [
      said(486, 1),
      said(487, 1),
      said(200, 1, 'BYE'),
      sipText('BYE', { callId: 'Call-ID: 1', ...within }),
    ];
    for (const end of ends) {
      const one = guard();
      await one.judge(invite(1));
      one.heard(said(200, 1));
      one.heard(said(481, 1, 'BYE'));
      one.heard(said(200, 7, 'BYE'));
      expect(await one.judge(invite(2))).toMatchObject(busy);
      one.heard(end);
      expect([end, await one.judge(invite(2))]).toEqual([end, carried]);
    }
  });

  it('are forgotten when the engine says nothing at all, as the phone does', async () => {
    let now = 0;
    const one = guard(() => now);
    await one.judge(invite(1));
    now = 31_000;
    expect(await one.judge(invite(2))).toMatchObject(busy);
    now = 33_000;
    expect(await one.judge(invite(2))).toEqual(carried);
    one.heard(said(180, 2));
    now = 600_000;
    expect(await one.judge(invite(3))).toMatchObject(busy);
  });
});
