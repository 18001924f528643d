import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The same as for the suites (jest.config.mjs). */
const options = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2023',
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** What was made of a text before: half of a process' start would go into making it again. */
const cache = resolvePath(import.meta.dirname, '../../../.runtime/typescript');
const settings = JSON.stringify(options);

/** Finds `./x.ts` where TypeScript writes `./x.js`. */
export async function resolve(specifier, context, next) {
  const relative = specifier.startsWith('.') && specifier.endsWith('.js');
  if (relative && context.parentURL?.endsWith('.ts')) {
    const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(url)) return { url: url.href, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context);
  const filename = fileURLToPath(url);
  const text = await readFile(filename, 'utf8');
  const key = createHash('sha256').update(settings).update(filename).update(text).digest('hex');
  const made = join(cache, `${key}.mjs`);
  const source = existsSync(made) ? await readFile(made, 'utf8') : await make(text, filename, made);
  return { format: 'module', source, shortCircuit: true };
}

async function make(text, filename, path) {
  const { transform } = await import('@swc/core');
  const { code } = await transform(text, { ...options, filename });
  await mkdir(cache, { recursive: true });
  // Several processes may start at once: each sees the file whole or not at all.
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, code);
  await rename(draft, path);
  return code;
}
