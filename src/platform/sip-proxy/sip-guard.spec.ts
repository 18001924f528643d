import { describe, expect, it } from '@jest/globals';
import { SipGuard } from './sip-guard.js';

const write = (method: string, more: { from?: string; toTag?: string; without?: string } = {}) => {
  const { from = 'me', toTag, without } = more;
  const headers = [
    'Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1',
    `From: "Me" <sip:${from}@sanling>;tag=a`,
    `To: <sip:8000@sanling>${toTag ? `;tag=${toTag}` : ''}`,
    'Call-ID: 1',
    `CSeq: 1 ${method}`,
  ].filter((line) => without === undefined || !line.startsWith(without));
  return `${method} sip:8000@sanling SIP/2.0\r\n${headers.join('\r\n')}\r\n\r\n`;
};
const guard = (now = () => 0) => new SipGuard(async (account) => account === 'me', now);

describe('what a softphone may send to the engine', () => {
  it('is what a phone says under its own name', async () => {
    for (const method of ['REGISTER', 'INVITE', 'ACK', 'CANCEL', 'OPTIONS'])
      expect(await guard().judge(write(method))).toEqual({ kind: 'carry' });
    expect(await guard().judge('\r\n\r\n')).toEqual({ kind: 'carry' });
    const answer = write('OPTIONS').replace(/^.*?\r\n/, 'SIP/2.0 200 OK\r\n');
    expect(await guard().judge(answer)).toEqual({ kind: 'carry' });
  });

  it('is not a request under another name, unless it belongs to a call', async () => {
    const verdict = await guard().judge(write('INVITE', { from: 'agent-801' }));
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
    expect(await guard().judge(write('INVITE', { from: '' }))).toMatchObject({ why: 'foreign-account' });
    expect(await guard().judge(write('ACK', { from: 'agent-801' }))).toEqual({ kind: 'drop' });
    expect(await guard().judge(write('BYE', { from: 'x7f', toTag: 'b' }))).toEqual({ kind: 'carry' });
  });

  it('is no transfer, message or subscription, within a call or not', async () => {
    for (const method of ['REFER', 'MESSAGE', 'SUBSCRIBE', 'NOTIFY', 'PUBLISH'])
      for (const more of [{}, { toTag: 'b' }])
        expect(await guard().judge(write(method, more))).toMatchObject({ kind: 'answer', why: 'method' });
  });

  it('is SIP, whole', async () => {
    const bad = [
      'hello',
      '',
      'GET / HTTP/1.1\r\n\r\n',
      write('invite'),
      write('INVITE').replace('SIP/2.0\r\n', 'SIP/3.0\r\n'),
      write('INVITE').replace('\r\n\r\n', '\r\n'),
      write('INVITE').replace('Call-ID', 'Call-ID: 1\r\nCall-ID'),
      ...['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((without) => write('INVITE', { without })),
      write('INVITE').replace('CSeq', `${'X: 1\r\n'.repeat(100)}CSeq`),
    ];
    for (const text of bad)
      expect([text, await guard().judge(text)]).toMatchObject([text, { kind: 'close' }]);
  });

  it('is not too much in a minute', async () => {
    let now = 0;
    const busy = guard(() => now);
    for (let count = 0; count < 60; count += 1)
      expect(await busy.judge(write('OPTIONS'))).toEqual({ kind: 'carry' });
    expect(await busy.judge(write('OPTIONS'))).toEqual({ kind: 'close', why: 'too-many' });
    expect(await busy.judge(write('INFO', { toTag: 'b' }))).toEqual({ kind: 'carry' });
    now = 60_000;
    expect(await busy.judge(write('OPTIONS'))).toEqual({ kind: 'carry' });
  });
});
