import type { DeskCall } from '@contracts/call';
import { expect, it } from '@jest/globals';
import { ringBackSince } from './ring-back';

const at = '2026-03-02T01:00:00.000Z';
const dial = { purpose: '', points: '', startedAt: at, ringingAt: at, answeredAt: null, refused: null };
const transfer = { mode: 'consult', state: 'ringing', requestedAt: at } as DeskCall['transfer'];

it('is heard while the number or the target rings, and not a moment longer', () => {
  expect(ringBackSince({ dial, transfer: null })).toBe(at);
  expect(ringBackSince({ dial: { ...dial, ringingAt: null }, transfer: null })).toBeNull();
  expect(ringBackSince({ dial: { ...dial, answeredAt: at }, transfer: null })).toBeNull();
  expect(ringBackSince({ dial: { ...dial, refused: 'busy' }, transfer: null })).toBeNull();
  expect(ringBackSince({ dial: null, transfer })).toBe(at);
  expect(ringBackSince({ dial: null, transfer: transfer && { ...transfer, state: 'talking' } })).toBeNull();
  expect(ringBackSince({ dial: null, transfer: transfer && { ...transfer, mode: 'join' } })).toBeNull();
});
