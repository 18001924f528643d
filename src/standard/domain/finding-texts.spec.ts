import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { findingCodes, findings } from '../../contracts/finding.js';

const texts = (locale: string): Record<string, string> =>
  JSON.parse(readFileSync(`client/src/locales/${locale}/findings.json`, 'utf8'));

describe.each(['zh-CN', 'en'])('the texts of findings in %s', (locale) => {
  it('are there for every code, and for no other', () => {
    expect(Object.keys(texts(locale)).sort()).toEqual([...findingCodes].sort());
  });

  it.each(findingCodes)('%s names exactly its parameters', (code) => {
    const named = [...(texts(locale)[code] ?? '').matchAll(/\{\{(\w+)\}\}/g)].map((hit) => hit[1] ?? '');
    expect([...new Set(named)].sort()).toEqual([...findings[code]].sort());
  });
});
