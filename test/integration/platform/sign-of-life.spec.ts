import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ManualClock } from '../../../src/kernel/clock.js';
import { Config } from '../../../src/platform/config/config.js';
import { SignOfLife, signEveryMs } from '../../../src/platform/health/sign-of-life.js';
import { RedisConnections } from '../../../src/platform/redis/redis-connections.js';
import { Api } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';

describe('a sign of life', () => {
  const clock = new ManualClock();
  let folder: string;
  let file: string;
  let api: Api;
  let life: SignOfLife;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sanling-life-'));
    file = join(folder, 'sign');
    api = await Api.start({ settings: { SANLING_SIGN_OF_LIFE: file } });
    life = new SignOfLife(api.get(DataSource), api.get(RedisConnections), api.get(Config), clock);
    life.onApplicationBootstrap();
  }, 60_000);
  afterAll(async () => {
    await life.onModuleDestroy();
    await api.stop();
    await rm(folder, { recursive: true });
  });

  const seen = () => eventually(() => existsSync(file), { what: 'there is a sign' });

  it('is given at once and again and again, but not while a store does not answer', async () => {
    await seen();
    rmSync(file);
    const asked = jest.spyOn(api.get(DataSource), 'query').mockRejectedValue(new Error('away'));
    clock.advance(signEveryMs);
    await eventually(() => asked.mock.calls.length > 0, { what: 'the database is asked' });
    asked.mockRestore();
    expect(existsSync(file)).toBe(false);
    clock.advance(signEveryMs);
    await seen();
  });
});
