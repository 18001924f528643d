import { expect, it } from '@jest/globals';
import { actionOfHelp } from './help-keys';

const keys = { listen: 'L', whisper: 'W', join: 'J', 'take-over': 'O', leave: 'E' };
const press = (code: string, more: object = {}) => ({
  key: code,
  code,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  repeat: false,
  ...more,
});

it('runs what is possible now, and nothing with a modifier or while typing', () => {
  const whisper = () => undefined;
  expect(actionOfHelp(press('KeyW'), false, keys, { whisper })).toBe(whisper);
  expect(actionOfHelp(press('KeyO'), false, keys, { whisper })).toBeUndefined();
  expect(actionOfHelp(press('KeyW'), true, keys, { whisper })).toBeUndefined();
  expect(actionOfHelp(press('KeyW', { ctrlKey: true }), false, keys, { whisper })).toBeUndefined();
  expect(actionOfHelp(press('KeyW', { repeat: true }), false, keys, { whisper })).toBeUndefined();
});
