import { expect } from '@jest/globals';
import { type GuestAccount, guestAccountSchema } from '../../src/contracts/softphone.js';
import { eventually } from '../support/eventually.js';
import { askAsterisk, whatAsteriskHolds } from '../support/phones/asterisk-rest.js';
import { RawSip, type Wish } from '../support/phones/raw-sip.js';
import { RawWebSip } from '../support/phones/raw-web-sip.js';
import { writeSdp } from '../support/phones/sdp.js';
import { House } from './house.js';
import type { RobotAgent } from './robot-agent.js';

/** Outside the trunk's half of loopback. */
export const stranger = (host: number) => `127.128.0.${host}`;
const sdp = writeSdp(stranger(1), 40_000, 1);
/** A call, with audio as strangers would offer it. */
export const invite = (from: string, to = '8000'): Wish => ({
  method: 'INVITE',
  from,
  to,
  headers: [['content-type', 'application/sdp']],
  body: sdp,
});

/** A house with one agent, and whoever comes to its edge. */
export class EdgeHouse {
  /** What the server logged. */
  readonly log: string[];
  private readonly guests: GuestAccount[] = [];
  private readonly opened: { close(): void }[] = [];

  private constructor(
    readonly house: House,
    readonly agent: RobotAgent,
    log: string[],
  ) {
    this.log = log;
  }

  static async open(): Promise<EdgeHouse> {
    const log: string[] = [];
    const house = await House.open({ logTo: { write: (line) => log.push(line) } });
    return new EdgeHouse(house, await house.agent('801'), log);
  }

  /** Whoever was kept goes. */
  clear(): void {
    for (const one of this.opened.splice(0)) one.close();
  }

  /** Closed with the test. */
  keep<T extends { close(): void }>(one: T): T {
    this.opened.push(one);
    return one;
  }

  /** Somebody at this address who speaks SIP by hand to the trunk. */
  async raw(address: string): Promise<RawSip> {
    return this.keep(await RawSip.open(address, this.house.trunk));
  }

  async guest(): Promise<GuestAccount> {
    const account = guestAccountSchema.parse((await this.house.api.post('/api/guest')).body);
    this.guests.push(account);
    return account;
  }

  /** Somebody who speaks SIP by hand at the softphones' door. */
  async web(path: string, cookie?: string): Promise<RawWebSip> {
    const made = await RawWebSip.open(this.house.api.url, path, { ...(cookie !== undefined && { cookie }) });
    if (typeof made === 'number') throw new Error(`refused with ${made}`);
    return this.keep(made);
  }

  /** Sets a bound of the trunk's in the running exchange. */
  async bound(variable: string, value: number): Promise<void> {
    await askAsterisk(this.house.services, 'POST', `asterisk/variable?variable=${variable}&value=${value}`);
  }

  /** Nothing rang, nothing was dialled, nothing is on record, nothing is left in the exchange. */
  async nothingHappened(): Promise<void> {
    await eventually(
      async () => {
        const left = (await whatAsteriskHolds(this.house.services)).filter((line) =>
          line.startsWith('channel'),
        );
        if (left.length > 0) throw new Error(left.join('\n'));
        return true;
      },
      { withinMs: 15_000, what: 'no channel is left' },
    );
    expect(this.agent.phone.calls).toEqual([]);
    expect(this.house.dialledOutside()).toEqual([]);
    const calls = await this.house.calls();
    expect(calls.filter(({ outcome }) => outcome === 'answered')).toEqual([]);
  }

  /** No log says a secret of the house's, of an agent's or of a guest's. */
  async expectNoSecretInLogs(): Promise<void> {
    const { house, agent, log } = this;
    const { services } = house;
    const account = await this.guest();
    const page = await this.web(account.socketPath);
    await page.ask(
      { method: 'REGISTER', from: account.deviceId },
      { user: account.deviceId, secret: account.secret },
    );
    const secrets = [
      services.ASTERISK_ARI_PASSWORD,
      services.ASTERISK_AMI_PASSWORD,
      services.SANLING_SECRET,
      new URL(services.REDIS_URL).password,
      new URL(services.DATABASE_URL).password,
      new URL(services.DATABASE_ADMIN_URL).password,
      agent.phone.options.secret ?? '',
      agent.cookie.split('=')[1] ?? '',
      ...this.guests.flatMap(({ secret, socketPath }) => [secret, socketPath.split('guest=')[1] ?? '']),
    ];
    for (const secret of secrets) expect(secret.length).toBeGreaterThanOrEqual(22);
    const written = [...(await house.logs()), { name: 'API', text: log.join('') }];
    expect(written.map(({ name }) => name)).toContain('asterisk-security.log');
    for (const { name, text } of written)
      expect([name, secrets.filter((secret) => text.includes(secret)).length]).toEqual([name, 0]);
  }
}
