import type { Fact } from '@contracts/timeline';
import { expect, test } from '@jest/globals';
import { factSentence } from './fact-sentence';
import type { Naming } from './sentence';

const handling = { handlingId: 'h', agentId: 'a' };
const naming: Naming = {
  agent: () => '801',
  holdReason: (code) => `<${code}>`,
  hangUpReason: (code) => `<${code}>`,
  outcome: (code) => `<${code}>`,
  transferReason: (code) => `<${code}>`,
  purpose: (code) => `<${code}>`,
};
const told = (fact: Fact) => factSentence(fact, naming);

test('a granted hold names reason and promise', () => {
  expect(
    told({
      kind: 'hold.granted',
      data: { ...handling, holdId: 'x', reason: 'check-record', limitMs: 30_000 },
    }),
  ).toEqual({
    key: 'facts.hold.granted',
    params: { agent: '801', reason: '<check-record>', seconds: '30' },
    words: {},
  });
});

test('a customer’s number is told as the server masked it', () => {
  const data = {
    direction: 'inbound',
    channel: 'trunk',
    fromNumber: '138****6021',
    fromName: '',
    dialled: '8000',
    legId: 'l',
    policyVersion: 1,
    serviceName: '前台',
  } as const;
  const { params, words } = told({ kind: 'call.arrived', data });
  expect(params.number).toBe('138****6021');
  expect(words).toEqual({ channel: 'channel.trunk' });
});

test('a hang-up with a reason and one without are different sentences', () => {
  const requested = { ...handling, graceUntil: '2026-03-02T01:00:05.000Z' };
  expect(told({ kind: 'hang-up.requested', data: { ...requested, reason: null } }).key).toBe(
    'facts.hang-up.requested',
  );
  expect(told({ kind: 'hang-up.requested', data: { ...requested, reason: 'abuse' } })).toMatchObject({
    key: 'facts.hang-up.requested-reason',
    params: { reason: '<abuse>' },
  });
});

test('back to the front of the queue is not told like an arrival', () => {
  const data = { queueId: 'q', queueName: '前台' };
  expect(told({ kind: 'queue.entered', data: { ...data, front: false } }).key).toBe('facts.queue.entered');
  expect(told({ kind: 'queue.entered', data: { ...data, front: true } }).key).toBe(
    'facts.queue.entered-again',
  );
});

test('a gap tells its length', () => {
  const data = { from: '2026-03-02T01:00:00.000Z', until: '2026-03-02T01:00:12.500Z' };
  expect(told({ kind: 'engine.gap', data }).params.seconds).toBe('12.5');
});

test('a visitor of the web phone has no number to tell', () => {
  const data = {
    direction: 'inbound',
    channel: 'web',
    fromNumber: 'guest-****9ce7',
    fromName: '',
    dialled: '8000',
    legId: 'l',
    policyVersion: 1,
    serviceName: '前台',
  } as const;
  expect(told({ kind: 'call.arrived', data })).toMatchObject({
    key: 'facts.call.arrived-web',
    params: { number: '9ce7' },
  });
});

test('a transfer names its target, an outside number as the server masked it', () => {
  const data = {
    ...handling,
    transferId: 't',
    mode: 'consult',
    reason: 'department',
    matter: '退房时间',
    target: { kind: 'number', id: null, name: '', number: '138****6021' },
  } as const;
  expect(told({ kind: 'transfer.requested', data })).toEqual({
    key: 'facts.transfer.requested',
    params: { agent: '801', reason: '<department>', name: '', number: '138****6021' },
    words: { target: 'target.number', mode: 'transferMode.consult' },
  });
});

test('a failed transfer does not bring back a customer who went', () => {
  const data = { ...handling, transferId: 't' };
  expect(told({ kind: 'transfer.failed', data: { ...data, why: 'busy' } }).key).toBe('facts.transfer.failed');
  expect(told({ kind: 'transfer.failed', data: { ...data, why: 'customer-left' } }).key).toBe(
    'facts.transfer.failed-gone',
  );
});
