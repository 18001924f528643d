import { describe, expect, it } from '@jest/globals';
import { sipAnswer, sipText } from '../../../test/builders/sip-text.js';
import { readAddress } from './sip-address.js';
import { readFrame } from './sip-frame.js';
import { largestFrameBytes } from './sip-head.js';

const request = (given: Parameters<typeof sipText>[1], method = 'INVITE') => {
  const frame = readFrame(sipText(method, given));
  return frame?.kind === 'request' ? frame : undefined;
};

describe('a frame of a softphone’s', () => {
  it('is one message: who says what, of which call, and whether it begins one', () => {
    expect(request({ body: '座席', more: ['Content-Type: application/sdp'] })).toMatchObject({
      method: 'INVITE',
      account: 'me',
      callId: '1',
      begins: true,
    });
    expect(request({ to: 'To: "座席 801" <sip:8000@sanling;user=phone>;x="a;tag=1" ; TAG=b' })?.begins).toBe(
      false,
    );
    expect(readFrame(sipAnswer(486, 'INVITE'))).toEqual({
      kind: 'response',
      status: 486,
      callId: '1',
      method: 'INVITE',
    });
  });

  it('is the same in short', () => {
    const short = {
      via: 'v: SIP/2.0/WSS x;branch=z9hG4bK1',
      from: 'f:<sip:me@s>;tag=a',
      to: 't: sip:8000@s',
    };
    expect(request({ ...short, callId: 'i: 1@x', length: 'l: 0' })).toMatchObject({
      account: 'me',
      callId: '1@x',
      begins: true,
    });
  });

  it('is not taken for a part of a call by what stands in a name or a URI', () => {
    for (const to of [
      '"a;tag=b" <sip:8000@s>',
      '"\\";tag=b" <sip:8000@s>',
      '<sip:8000@s;tag=b>',
      'tag <sip:8000@s>',
    ])
      expect([to, request({ to: `To: ${to}` })?.begins]).toEqual([to, true]);
  });

  it('is under the name in the URI, and nobody’s where that could be read in two ways', () => {
    const named = (from: string) => request({ from: `From: ${from}` })?.account;
    expect(named('"<sip:me@s>" <sip:agent-801@s>;tag=a')).toBe('agent-801');
    expect(named('"\\"<sip:me@s>" <sip:trunk@s>;tag=a')).toBe('trunk');
    expect(named('sip:me@s;tag=a')).toBe('me');
    const nobodys = [
      '<sip:me%40s@s>;tag=a',
      '<sip:m%65@s>;tag=a',
      '<sip:me:secret@s>;tag=a',
      '<sip:me@s@s>;tag=a',
      '<sip:me;x@s>;tag=a',
      '<sip:s>;tag=a',
      '<tel:me>;tag=a',
    ];
    for (const from of nobodys) expect([from, named(from)]).toEqual([from, undefined]);
  });

  it('is refused when it is written in any other way', () => {
    const bad: [string, Parameters<typeof sipText>[1]][] = [
      ['no Via', { via: null }],
      ['two Vias', { more: ['Via: SIP/2.0/WS y;branch=z9hG4bK2'] }],
      ['two Vias in one', { via: 'Via: SIP/2.0/WS x;branch=1, SIP/2.0/UDP y;branch=2' }],
      ['a Via of another transport', { via: 'Via: SIP/2.0/UDP x;branch=z9hG4bK1' }],
      ['a route that only a proxy adds', { more: ['Record-Route: <sip:127.0.0.9;lr>'] }],
      ['no From', { from: null }],
      ['no tag in From', { from: 'From: <sip:me@s>' }],
      ['two Froms', { more: ['f: <sip:trunk@s>;tag=a'] }],
      ['two URIs', { from: 'From: <sip:me@s><sip:trunk@s>;tag=a' }],
      ['two addresses', { from: 'From: <sip:me@s>;tag=a, <sip:trunk@s>;tag=a' }],
      ['two tags', { from: 'From: <sip:me@s>;tag=a;tag=b' }],
      ['a quoted tag', { from: 'From: <sip:me@s>;tag="a"' }],
      ['an open quote', { from: 'From: "Me <sip:me@s>;tag=a' }],
      ['something after a name', { from: 'From: "Me" x <sip:me@s>;tag=a' }],
      ['no To', { to: null }],
      ['two Tos', { more: ['To: <sip:8000@s>;tag=b'] }],
      ['no Call-ID', { callId: null }],
      ['two Call-IDs', { more: ['i: 2'] }],
      ['a Call-ID of two words', { callId: 'Call-ID: 1 2' }],
      ['no CSeq', { cseq: null }],
      ['a CSeq of another method', { cseq: 'CSeq: 1 BYE' }],
      ['no length', { length: null }],
      ['two lengths', { more: ['l: 0'] }],
      ['a length that is none', { length: 'Content-Length: +0' }],
      ['more than its length', { length: 'Content-Length: 0', body: 'INVITE sip:8000@s SIP/2.0\r\n\r\n' }],
      ['less than its length', { length: 'Content-Length: 9', body: 'x' }],
      ['a length in characters', { length: 'Content-Length: 2', body: '座席' }],
      ['a line that goes on', { more: ['Subject: a', ' Via: SIP/2.0/UDP x'] }],
      ['a line that ends with LF', { more: ['Subject: a\nFrom: <sip:trunk@s>;tag=a'] }],
      ['a line that ends with CR', { more: ['Subject: a\rFrom: <sip:trunk@s>;tag=a'] }],
      ['a line of no header', { more: ['hello'] }],
      ['a NUL', { more: ['Subject: a\0'] }],
      ['a long line', { more: [`Subject: ${'x'.repeat(5_000)}`] }],
      ['many headers', { more: Array.from({ length: 64 }, (_, n) => `X-${n}: 1`) }],
    ];
    for (const [what, given] of bad) expect([what, request(given)]).toEqual([what, undefined]);
    const whole = sipText('INVITE');
    const texts = [
      '',
      'hello',
      '\r\n\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      `\r\n${whole}`,
      `${whole}${whole}`,
      `${whole}\r\n`,
      whole.replace('SIP/2.0\r\n', 'SIP/3.0\r\n'),
      whole.replace('INVITE sip', 'invite sip'),
      whole.replace('\r\n\r\n', '\r\n'),
      whole.replaceAll('\r\n', '\n'),
      sipText('INVITE', { uri: 'sip:a b@s' }),
    ];
    for (const text of texts) expect([text, readFrame(text)]).toEqual([text, undefined]);
  });

  it('costs no more than its size, whatever is in it', () => {
    const n = 1_000_000;
    const values = [
      'sip:'.repeat(n / 4),
      '<sip:'.repeat(n / 5),
      '"'.repeat(n),
      '\\"'.repeat(n / 2),
      `"${'\\'.repeat(n)}`,
      ' '.repeat(n),
      `a${' \t'.repeat(n / 2)}b`,
      `<sip:a@b>${' ;'.repeat(n / 2)}`,
      `<sip:a@b>${' '.repeat(n)}x`,
      `<sip:a@b>${';a = '.repeat(n / 5)}`,
      `<sip:a@b>;a=${'a'.repeat(n)}"`,
      `<sip:a@b>;${'tag=a;'.repeat(n / 6)}`,
      `<sip:${'a'.repeat(n)}`,
      `<sip:${'a@'.repeat(n / 2)}>;tag=a`,
      `sip:a@b;tag=${'a;tag='.repeat(n / 6)}`,
    ];
    const before = process.cpuUsage();
    for (const value of values) expect(readAddress(value)?.tag ?? 'none').toMatch(/^(none|a)$/);
    const { user } = process.cpuUsage(before);
    // Some 100 ms. If one of them cost its size squared it alone would take minutes.
    expect(user / 1_000).toBeLessThan(10_000);
    for (const value of values) {
      const cut = value.slice(0, largestFrameBytes);
      for (const name of ['From', 'To', 'Via', 'CSeq', 'Subject'])
        expect(readFrame(sipText('INVITE', { more: [`${name}: ${cut}`] }))).toBeUndefined();
    }
  });
});
