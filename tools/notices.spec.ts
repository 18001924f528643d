import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const checkout = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(checkout, path), 'utf8');
const lesser = ['mpg123-decoder', '@wasm-audio-decoders/ogg-vorbis', 'codec-parser'];

describe('what of others is in the product', () => {
  it('is in NOTICES.md', () => {
    const tool = join(checkout, 'tools/notices.mjs');
    expect(() => execFileSync(process.execPath, [tool, '--check'], { stdio: 'pipe' })).not.toThrow();
  });

  it('is under licences that were decided on', () => {
    const licences = [...read('NOTICES.md').matchAll(/^\*\*(.+?)\*\*:/gm)].map(
      ([, licence]) => licence ?? '',
    );
    const allowed =
      /^\(?(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|Python-2\.0|MPL-2\.0|LGPL-3\.0-or-later)( OR .*)?\)?$/;
    expect(licences.length).toBeGreaterThan(5);
    expect(licences.filter((licence) => !allowed.test(licence))).toEqual([]);
  });

  it('under the LGPL can be replaced: it is imported by name, in one place, and not by the pages', () => {
    const importing = ['src', 'client/src'].flatMap((folder) =>
      readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file))
        .map((file) => join(folder, file))
        .filter((file) => lesser.some((name) => read(file).includes(`from '${name}'`))),
    );
    expect(importing.every((file) => file.startsWith('src/prompts/decoding/'))).toBe(true);
    expect(importing.length).toBeGreaterThan(0);
    const [, pages = ''] = read('NOTICES.md').split('## Packages in the pages');
    expect(lesser.filter((name) => pages.includes(`${name} `))).toEqual([]);
    for (const text of ['LGPL-2.1', 'LGPL-3.0', 'GPL-3.0'])
      expect(existsSync(join(checkout, `licences/${text}.txt`))).toBe(true);
  });
});
