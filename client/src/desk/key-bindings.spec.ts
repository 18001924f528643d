import { expect, it } from '@jest/globals';
import { actionOf, keyOfAction } from './key-bindings';

const press = (code: string, more: Partial<Parameters<typeof actionOf>[0]> = {}) => ({
  key: code.replace('Key', '').toLowerCase(),
  code,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  repeat: false,
  ...more,
});

it('runs one action a key', () => {
  expect(actionOf(press('KeyA'), false)).toBe('answer');
  expect(actionOf(press('Slash', { key: '?' }), false)).toBe('help');
  expect(actionOf(press('KeyZ'), false)).toBeNull();
  expect(new Set(Object.values(keyOfAction)).size).toBe(Object.keys(keyOfAction).length);
});

it('does not take letters away from somebody who types', () => {
  expect(actionOf(press('KeyE'), true)).toBeNull();
  expect(actionOf(press('Slash', { key: '?' }), true)).toBeNull();
  expect(actionOf(press('F9', { key: 'F9' }), true)).toBe('call-lead');
  expect(actionOf(press('KeyE', { altKey: true, key: '´' }), true)).toBe('hang-up');
});

it('leaves shortcuts of the browser, of an input method and held keys alone', () => {
  expect(actionOf(press('KeyR', { ctrlKey: true }), false)).toBeNull();
  expect(actionOf(press('KeyH', { metaKey: true }), false)).toBeNull();
  expect(actionOf(press('KeyA', { isComposing: true }), false)).toBeNull();
  expect(actionOf(press('KeyM', { repeat: true }), false)).toBeNull();
});
