import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { descriptors } from '../../../src/platform/health/resources.js';
import { eventually } from '../../support/eventually.js';
import { open } from '../../support/raw-http.js';
import { DoorsHouse } from './doors-house.js';

describe('connections', () => {
  const mostOfOne = 20;
  let house: DoorsHouse;
  beforeAll(async () => {
    house = await DoorsHouse.open({ SANLING_CONNECTIONS_PER_ADDRESS: String(mostOfOne) });
  }, 60_000);
  afterAll(() => house?.[Symbol.asyncDispose]());

  describe('connections', () => {
    it('of one address are so many, and the next come in when others have gone', async () => {
      const held: Socket[] = [];
      let closed = 0;
      for (let n = 0; n < 300; n += 1)
        held.push(
          open(house.api.url)
            .once('close', () => (closed += 1))
            .resume(),
        );
      // Descriptors are what strangers would use up: the rest are closed, those within the bound stay.
      await eventually(() => closed >= 300 - mostOfOne);
      expect(await house.connections()).toBeLessThanOrEqual(mostOfOne);
      for (const socket of held) socket.destroy();
      await eventually(async () => (await house.connections()) < mostOfOne);
      await house.isRid();
      await house.isWell();
    });

    it('in all leave two thirds of the descriptors to the house', async () => {
      const third = Math.floor((await descriptors()).most / 3);
      const { maxConnections } = house.api.app.getHttpServer();
      expect(maxConnections).toBe(Math.min(house.api.config.doors.connections, third));
    });
  });
});
