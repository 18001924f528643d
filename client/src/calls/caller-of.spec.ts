import { expect, it } from '@jest/globals';
import { callerOf, customerOf, isMasked } from './caller-of';

it.each([
  ['138****6021', { visitor: false, shown: '138****6021' }, true],
  ['guest-****685c', { visitor: true, shown: '685c' }, false],
  ['8101', { visitor: false, shown: '8101' }, false],
  ['', { visitor: false, shown: '' }, false],
])('%s is shown as it came', (number, caller, masked) => {
  expect(callerOf(number)).toEqual(caller);
  expect(isMasked(number)).toBe(masked);
});

it('the customer of an outbound call is who was called', () => {
  const call = { fromNumber: '01065540000', dialled: '139****1111' };
  expect(customerOf({ ...call, direction: 'outbound' })).toBe('139****1111');
  expect(customerOf({ ...call, direction: 'inbound' })).toBe('01065540000');
});
