import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fuzzed } from '../../../test/support/fuzzed.js';
import { readTarget } from './request-target.js';

describe('a request target', () => {
  it('is a path and a query', () => {
    const target = readTarget('/sip?guest=a%20b&x');
    expect(target?.path).toBe('/sip');
    expect(target?.query.get('guest')).toBe('a b');
    expect(readTarget('/')?.path).toBe('/');
    expect(readTarget('/api/calls/%E4%B8%89')?.path).toBe('/api/calls/%E4%B8%89');
    expect(readTarget('/desk?%zz&//#'.slice(0, -1))?.path).toBe('/desk');
  });

  it.each([
    undefined,
    '',
    '*',
    'desk',
    '//',
    '//evil.example/',
    '/\\evil.example',
    '/a\\b',
    '/a#b',
    '/a b',
    '/caf\u00e9',
    '/%',
    '/%zz',
    '/%ff',
    '/%00',
    'http://evil.example/',
    'evil.example:443',
    `/${'x'.repeat(4_096)}`,
  ])('is not %.40j', (target) => {
    expect(readTarget(target)).toBeUndefined();
  });

  it('never throws, and what passes can be read by anybody', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '?',
      '#',
      '%',
      '%2f',
      '%00',
      '%ff',
      ':',
      '@',
      '[',
      ']',
      '..',
      ' ',
      '*',
    );
    const target = fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(target, (text) => {
        const read = readTarget(text);
        if (!read) return;
        expect(new URL(text, 'http://localhost').host).toBe('localhost');
        expect(() => decodeURIComponent(read.path)).not.toThrow();
      }),
      fuzzed(2_000),
    );
  });
});
