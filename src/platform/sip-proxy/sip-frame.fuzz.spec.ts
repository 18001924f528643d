import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Parser } from 'sip.js/lib/core/messages/parser.js';
import { sipAnswer, sipText } from '../../../test/builders/sip-text.js';
import { fuzzed } from '../../../test/support/fuzzed.js';
import { OwnCalls } from './own-calls.js';
import { readFrame } from './sip-frame.js';
import { SipGuard } from './sip-guard.js';
import { largestFrameBytes } from './sip-head.js';

const whole = [
  sipText('INVITE', { body: 'v=0\r\no=- 1 1 IN IP4 座\r\n', more: ['Contact: <sip:me@x.invalid>'] }),
  sipText('BYE', { to: 'To: "Desk 座席 \\"8\\"" <sip:8000@sanling>;tag=b' }),
  sipText('REGISTER', { via: 'v: SIP/2.0/WSS x.invalid;branch=z9hG4bK1', from: 'f: sip:me@sanling;tag=a' }),
  sipAnswer(200, 'INVITE', { body: 'v=0\r\n' }),
];
/** What means something to one reader or another. */
const telling = [
  ...'\r\n\0\t "\\<>;:,@%=/'.split(''),
  ...[
    '\r\n',
    '\r\n\r\n',
    '\r\n ',
    '\n\n',
    '"a;tag=b"',
    ';tag=b',
    '<sip:trunk@s>',
    'sip:trunk@s',
    '\u00a0',
    '\u2028',
  ],
  ...[
    'From: <sip:trunk@s>;tag=a\r\n',
    'f: <sip:trunk@s>;tag=a\r\n',
    'To: <sip:8000@s>;tag=b\r\n',
    'i: 2\r\n',
  ],
  ...['Content-Length: 0\r\n', 'l: 7\r\n', 'Via: SIP/2.0/UDP y\r\n', whole[1] ?? '', '座', '\ud800'],
];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  takes: fc.nat(12),
  puts: fc.oneof(fc.constantFrom(...telling), fc.string({ maxLength: 8 })),
});
/** A message that is whole but for a few edits; some with the length of what became their body. */
const spoilt = fc
  .record({ text: fc.constantFrom(...whole), edits: fc.array(edit, { maxLength: 4 }), right: fc.boolean() })
  .map(({ text, edits, right }) => {
    const edited = edits.reduce((now, { at, takes, puts }) => {
      const from = Math.floor(at * now.length);
      return now.slice(0, from) + puts + now.slice(from + takes);
    }, text);
    const body = edited.split('\r\n\r\n').slice(1).join('\r\n\r\n');
    return right ? edited.replace(/(Content-Length|l): \d+/, `$1: ${Buffer.byteLength(body)}`) : edited;
  });

const told: string[] = [];
const silent = { warn: told.push.bind(told), error: told.push.bind(told) };

/** The message as sip.js reads it, which knows the standard's grammar by heart. */
function asSipJs(text: string) {
  // Its logger has a dozen methods; these are all that it calls here.
  const message = Parser.parseMessage(text, silent as unknown as Parameters<typeof Parser.parseMessage>[1]);
  told.length = 0;
  return message;
}

/** A simple reader of its own: the lines by which the message is known, in whichever form. */
function linesOf(head: string, names: readonly string[]): string[] {
  return head
    .split(/[\r\n]+/)
    .filter((line) => names.includes(line.split(':', 1).join('').trim().toLowerCase()));
}

describe('frames of any kind', () => {
  it('are one message each where they are carried, and the same to another reader', async () => {
    let carried = 0;
    await fc.assert(
      fc.asyncProperty(spoilt, async (text) => {
        const guard = new SipGuard(
          async (account) => account === 'me',
          () => 0,
          new OwnCalls(1),
        );
        const verdict = await guard.judge(text);
        const frame = readFrame(text);
        if (verdict.kind !== 'carry' || !frame || frame.kind === 'keep-alive') return;
        carried += 1;
        const [head = '', ...bodies] = text.split('\r\n\r\n');
        const once = [['from', 'f'], ['to', 't'], ['call-id', 'i'], ['cseq'], ['content-length', 'l']];
        expect(once.map((names) => linesOf(head, names).length)).toEqual([1, 1, 1, 1, 1]);
        expect(head.replaceAll('\r\n', '')).not.toMatch(/[\r\n\0]/);
        const message = asSipJs(text);
        // Its grammar is stricter in places that decide nothing here; what it reads it must read alike.
        if (!message) return;
        const { callId, method } = frame;
        expect(message).toMatchObject({ callId, method });
        if (frame.kind === 'response') return;
        expect([message.from.uri.user, message.toTag === undefined]).toEqual(['me', frame.begins]);
        expect(Number(message.getHeader('content-length'))).toBe(Buffer.byteLength(bodies.join('\r\n\r\n')));
      }),
      fuzzed(3_000),
    );
    expect(carried).toBeGreaterThan(100);
  });

  it('never throw, and are never more than refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoilt, fc.string({ unit: 'binary', maxLength: 300 })), async (text) => {
        const guard = new SipGuard(
          async () => false,
          () => 0,
        );
        guard.heard(text);
        const verdict = await guard.judge(text);
        if (verdict.kind === 'answer') expect(readFrame(verdict.text)).toMatchObject({ kind: 'response' });
      }),
      fuzzed(500),
    );
  });

  it('cost no more than their size at the greatest size', () => {
    const before = process.cpuUsage();
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...telling), { minLength: 1, maxLength: 4 }), (pieces) => {
        const filled = pieces
          .join('')
          .repeat(largestFrameBytes)
          .slice(0, largestFrameBytes - 400);
        for (const text of [
          filled,
          sipText('INVITE', { from: `From: ${filled}` }),
          sipText('BYE', { more: [filled] }),
        ])
          readFrame(text);
      }),
      fuzzed(200),
    );
    const { user } = process.cpuUsage(before);
    expect(user / 1_000).toBeLessThan(30_000);
  });
});
