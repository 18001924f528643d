import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/kernel/clock.js';
import { AsteriskEngine } from '../../src/telephony/asterisk/asterisk-engine.js';
import { eventually } from '../support/eventually.js';
import { SipPhone } from '../support/phones/sip-phone.js';
import { useServices } from '../support/services.js';

const phones: SipPhone[] = [];
afterAll(async () => {
  for (const phone of phones) await phone.close();
});

it('an Asterisk that another process drives takes accounts all the same, and says who is registered', async () => {
  const services = useServices();
  const engine = new AsteriskEngine(
    {
      httpUrl: services.ASTERISK_HTTP_URL,
      soundsFolder: services.ASTERISK_SOUNDS,
      ari: { user: services.ASTERISK_ARI_USER, password: services.ASTERISK_ARI_PASSWORD, app: 'sanling' },
      ami: {
        host: services.ASTERISK_AMI_HOST,
        port: Number(services.ASTERISK_AMI_PORT),
        user: services.ASTERISK_AMI_USER,
        password: services.ASTERISK_AMI_PASSWORD,
      },
    },
    new SystemClock(),
  );
  const deviceId = `desk-${randomUUID()}`;
  const secret = randomUUID();
  expect(await engine.deviceReachable(deviceId)).toBe(false);
  await engine.provisionDevice({ deviceId, secret, displayName: '王芳', mayDial: [] });
  const server = { host: '127.0.0.1', port: Number(services.SIP_TRUNK_PORT) };
  const phone = await SipPhone.start({ address: '127.0.0.77', server, user: deviceId, secret });
  phones.push(phone);
  expect(await phone.register()).toBe(200);
  await eventually(() => engine.deviceReachable(deviceId));
  await engine.revokeDevice(deviceId);
  await engine.revokeDevice(deviceId);
  expect(await engine.deviceReachable(deviceId)).toBe(false);
});
