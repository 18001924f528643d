import { expectVoices, tones } from '../browser/hearing.js';
import { eventually } from '../support/eventually.js';
import { BaresipPhone } from '../support/phones/baresip-phone.js';
import { hearsTone } from '../support/phones/tone-detector.js';
import { expect, test } from './people.js';
import { calledFrom } from './strangers.js';

test('a call over TLS whose sound is encrypted; one over UDP has no keys and is refused', async ({
  house,
  people,
}) => {
  await house.change({
    ...house.open,
    SIP_TRUNK_TLS_CERT: '/certificates/house.pem',
    SIP_TRUNK_TLS_KEY: '/certificates/house.key',
  });
  await house.up({ tls: true });
  const agent = await people.agent('801');
  const phone = await BaresipPhone.start({
    address: house.carrier,
    server: { host: house.address, port: 5061 },
    user: '13900000005',
    tone: tones.customer,
    secured: { user: 'nobody', secret: 'none' },
  });
  try {
    phone.dial('8000');
    await agent.answers();
    await expectVoices(agent.page, 'customer');
    await eventually(() => hearsTone(phone.lastHeard(300), tones.agent), {
      withinMs: 10_000,
      what: 'the phone hears the agent',
    });
    phone.hangUp();
    await agent.wrapsUp();
  } finally {
    await phone.close();
  }
  const answer = await calledFrom(house.carrier, { host: house.address, port: 5060 });
  expect(answer.status).toBe(488);
  await house.change({ SIP_TRUNK_TLS_CERT: '', SIP_TRUNK_TLS_KEY: '' });
});
