import { describe, expect, it } from '@jest/globals';
import { addressedLock } from './addressed-lock.mjs';

const addresses = (packages: object, registry = 'https://registry.example') =>
  JSON.parse(addressedLock(JSON.stringify({ lockfileVersion: 3, packages }), registry));

describe('a lock file with addresses', () => {
  it('names where each package lies, a scoped one, a nested one and an alias too', () => {
    const integrity = 'sha512-x';
    const packages = {
      '': { name: 'house', version: '1.0.0' },
      'node_modules/a': { version: '1.2.3', integrity },
      'node_modules/a/node_modules/@s/b': { version: '2.0.0-rc.1' },
      'node_modules/old': { name: 'typescript', version: '5.9.2' },
    };
    expect(addresses(packages)).toEqual({
      lockfileVersion: 3,
      packages: {
        '': { name: 'house', version: '1.0.0' },
        'node_modules/a': {
          version: '1.2.3',
          integrity,
          resolved: 'https://registry.example/a/-/a-1.2.3.tgz',
        },
        'node_modules/a/node_modules/@s/b': {
          version: '2.0.0-rc.1',
          resolved: 'https://registry.example/@s/b/-/b-2.0.0-rc.1.tgz',
        },
        'node_modules/old': {
          name: 'typescript',
          version: '5.9.2',
          resolved: 'https://registry.example/typescript/-/typescript-5.9.2.tgz',
        },
      },
    });
  });

  it('keeps to the path of a registry, and leaves links and what has an address alone', () => {
    const packages = {
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { link: true, version: '1.0.0' },
      'node_modules/c': { version: '1.0.0', resolved: 'file:c.tgz' },
    };
    expect(addresses(packages, 'https://mirror.example/npm/').packages).toEqual({
      'node_modules/a': { version: '1.0.0', resolved: 'https://mirror.example/npm/a/-/a-1.0.0.tgz' },
      'node_modules/b': packages['node_modules/b'],
      'node_modules/c': packages['node_modules/c'],
    });
  });
});
