import { describe, expect, it } from '@jest/globals';
import { maskedName, maskedNumber, maskedText, restoredNumber, shownName } from './masking.js';

describe('a number as it leaves the server', () => {
  it.each([
    ['13800006021', '138****6021'],
    ['+8613800006021', '+86138****6021'],
    ['008613800006021', '0086138****6021'],
    ['013800006021', '0138****6021'],
    ['02885551234', '****1234'],
    ['+33142685300', '****5300'],
    ['4008001234', '****1234'],
    ['5551234', '5****'],
    ['guest-19f2a685c', 'guest-****685c'],
    ['guest19f2a685c', 'guest-****685c'],
    ['alice.wang', '****wang'],
    ['alice', 'a****'],
    ['13800006021;x', '****21;x'],
  ])('%s is masked as %s', (number, shown) => {
    expect(maskedNumber(number)).toBe(shown);
    expect(maskedNumber(shown)).toBe(shown);
  });

  it.each(['801', '8101', '10086', '114', '956000', '', 'anonymous', 'Anonymous', 'unavailable'])(
    '%j stays as it is',
    (number) => expect(maskedNumber(number)).toBe(number),
  );

  it('a star in a caller’s number opens nothing', () => {
    for (const forged of ['*13800006021', '13800006021*', '138****60213', '13800006021****1'])
      expect(maskedNumber(forged)).not.toContain('13800006021');
  });
});

describe('a name', () => {
  it.each([
    ['王小明', '王**', '王小明'],
    ['Wang Wei', 'W**', 'Wang Wei'],
    ['', '', ''],
    ['13800006021', '138****6021', '138****6021'],
    ['guest-19f2a685c', 'guest-****685c', 'guest-****685c'],
    ['𠮷野', '𠮷**', '𠮷野'],
  ])('%s: %s for others, %s for the one who talks with its owner', (name, masked, shown) => {
    expect([maskedName(name), shownName(name)]).toEqual([masked, shown]);
    expect(maskedName(masked)).toBe(masked);
  });

  it('with a number in it is not shown to anybody', () => {
    expect(shownName('Wang 138 0000 6021')).not.toContain('0000');
    expect(maskedName('Wang 138 0000 6021')).not.toContain('0000');
  });
});

describe('free text', () => {
  it.each([
    ['请回电13800006021。', '请回电138****6021。'],
    ['call +33142685300 or 138-0000-6021', 'call ****5300 or 138****6021'],
    ['her office: 010-65541234', 'her office: ****1234'],
    ['room 1208, booking 20261127001, 2 nights', 'room 1208, booking 20261127001, 2 nights'],
    ['{"number":"013800006021","at":1764282681000}', '{"number":"0138****6021","at":1764282681000}'],
    ['call 7f3a0138-0000-4602-8123-0123456789ab', 'call 7f3a0138-0000-4602-8123-0123456789ab'],
  ])('%s', (text, masked) => expect(maskedText(text)).toBe(masked));

  it('is read once, however long', () => {
    const long = '0138.'.repeat(100_000);
    expect(maskedText(long) === long).toBe(true);
  });
});

it('what a form sends back masked is the number that was meant', () => {
  expect(restoredNumber('138****6021', [undefined, '13800006021'])).toBe('13800006021');
  expect(restoredNumber('138****6021', ['13812346021', '13800006021'])).toBe('13812346021');
  expect(restoredNumber('13900001111', ['13800006021'])).toBe('13900001111');
  expect(restoredNumber('139****6021', ['13800006021'])).toBe('139****6021');
});
