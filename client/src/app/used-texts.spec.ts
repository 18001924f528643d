import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const source = new URL('..', import.meta.url).pathname;

type Texts = { [key: string]: string | Texts };

const hasText = (texts: Texts, key: string): boolean => {
  if (['', '_one', '_other'].some((form) => typeof texts[key + form] === 'string')) return true;
  return Object.entries(texts).some(
    ([head, rest]) =>
      typeof rest === 'object' && key.startsWith(`${head}.`) && hasText(rest, key.slice(head.length + 1)),
  );
};

const textsOf = (namespace: string): Texts => {
  const file = join(source, `locales/zh-CN/${namespace}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
};

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !file.includes('.spec.'),
);

/** Every `t('literal')` with the namespaces that the file asks for; keys put together at run time are tested by code lists. */
const used = files.flatMap((file) => {
  const code = readFileSync(join(source, file), 'utf8');
  const asked = [...code.matchAll(/useTranslation\(([^)]*)\)/g)].flatMap(([, list]) =>
    [...(list ?? '').matchAll(/'([\w-]+)'/g)].map(([, name]) => name ?? ''),
  );
  return [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, text]) => {
    const [first = '', ...rest] = (text ?? '').split(':');
    return rest.length > 0
      ? { file, key: rest.join(':'), namespaces: [first] }
      : { file, key: first, namespaces: asked };
  });
});

it('finds the texts that the pages use', () => {
  expect(used.length).toBeGreaterThan(50);
});

it('has every text that a page asks for by name', () => {
  const missing = used.filter(
    ({ key, namespaces }) => !namespaces.some((namespace) => hasText(textsOf(namespace), key)),
  );
  expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([]);
});
