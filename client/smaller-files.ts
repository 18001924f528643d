import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const [toBrotli, toGzip] = [promisify(brotliCompress), promisify(gzip)];
/** Below this a packet carries it either way. */
const worthwhileBytes = 1_024;

/**
 * Puts the smaller forms of each script and style beside it, so that the server sends them as they are: compressing a
 * bundle well takes far longer than sending it, and it never changes. Browsers take Brotli over https only.
 */
export function smallerFiles(): Plugin {
  return {
    name: 'smaller-files',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const files = Object.keys(bundle).filter((name) => /\.(js|css|svg)$/.test(name));
      await Promise.all(files.map((name) => writeSmaller(join(dir, name))));
    },
  };
}

async function writeSmaller(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < worthwhileBytes) return;
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const [brotli, zipped] = await Promise.all([
    toBrotli(content, { params: size }),
    toGzip(content, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, zipped)]);
}
