import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/kernel/clock.js';
import { AsteriskEngine } from '../../src/telephony/asterisk/asterisk-engine.js';
import type { EngineEvent } from '../../src/telephony/port/engine-event.js';
import { eventually } from '../support/eventually.js';
import { useServices } from '../support/services.js';

const engines: AsteriskEngine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
});

/** An engine on the real Asterisk, and the names of what it tells. */
async function started(app: string): Promise<{ engine: AsteriskEngine; told: EngineEvent['kind'][] }> {
  const services = useServices();
  const engine = new AsteriskEngine(
    {
      httpUrl: services.ASTERISK_HTTP_URL,
      soundsFolder: services.ASTERISK_SOUNDS,
      ari: { user: services.ASTERISK_ARI_USER, password: services.ASTERISK_ARI_PASSWORD, app },
      ami: {
        host: services.ASTERISK_AMI_HOST,
        port: Number(services.ASTERISK_AMI_PORT),
        user: services.ASTERISK_AMI_USER,
        password: services.ASTERISK_AMI_PASSWORD,
      },
    },
    new SystemClock(),
  );
  engines.push(engine);
  const told: EngineEvent['kind'][] = [];
  engine.onEvent(({ kind }) => told.push(kind));
  await engine.start();
  await eventually(async () => (await engine.health()).up);
  return { engine, told };
}

it('the engine of a second process takes the events; the first says that it is lost and why', async () => {
  const app = `replaced-${randomUUID()}`;
  const first = await started(app);
  const second = await started(app);
  await eventually(() => first.told.includes('engine.lost'));
  expect(first.told).toEqual(['engine.connected', 'engine.lost']);
  expect(await first.engine.health()).toMatchObject({
    up: false,
    detail: expect.stringContaining('another process took over'),
  });
  expect(second.told).toEqual(['engine.connected']);
  expect(await second.engine.health()).toMatchObject({ up: true });
});
