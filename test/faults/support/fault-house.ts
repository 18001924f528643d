import { CallBook } from '../../e2e/call-book.js';
import { RobotAgent } from '../../e2e/robot-agent.js';
import { eventually } from '../../support/eventually.js';
import { askAsterisk, whatAsteriskHolds } from '../../support/phones/asterisk-rest.js';
import type { SipCall } from '../../support/phones/sip-call.js';
import { SipPhone } from '../../support/phones/sip-phone.js';
import { type Services, useServices } from '../../support/services.js';
import { OwnApi } from './own-api.js';
import { OwnServers } from './own-servers.js';

/** The product in processes of its own, with phones to call it: everything in it may be killed. */
export class FaultHouse {
  readonly services: Services = useServices();
  readonly servers = new OwnServers();
  private readonly phones: SipPhone[] = [];
  private readonly agents: RobotAgent[] = [];

  private constructor(
    readonly api: OwnApi,
    readonly book: CallBook,
  ) {}

  /** `settings`: for the API, beside those of the servers. */
  static async open(settings: Readonly<Record<string, string>> = {}): Promise<FaultHouse> {
    const api = await OwnApi.open(settings);
    return new FaultHouse(api, await CallBook.open(api));
  }

  /** An agent at the desk with a registered softphone, ready for calls. */
  async agent(number: string): Promise<RobotAgent> {
    const address = `127.0.0.${Number(number) - 700}`;
    const agent = await RobotAgent.start(this.api, this.services, number, address);
    this.agents.push(agent);
    await agent.ready();
    return agent;
  }

  /** A customer with a SIP phone of their own calls. */
  async customer(fromNumber: string): Promise<SipCall> {
    const server = { host: '127.0.0.1', port: Number(this.services.SIP_TRUNK_PORT) };
    const address = `127.0.0.${2 + (this.phones.length % 90)}`;
    const phone = await SipPhone.start({ address, server, user: fromNumber });
    this.phones.push(phone);
    return phone.dial('8000');
  }

  /** Everybody hangs up and leaves; then Asterisk must hold no call. */
  async clear(): Promise<void> {
    for (const agent of this.agents.splice(0)) await agent.leave();
    for (const phone of this.phones.splice(0)) await phone.close();
    await eventually(
      async () => {
        // Recordings wait there for the worker, which does not run here.
        const held = await whatAsteriskHolds(this.services);
        const left = held.filter((line) => !line.startsWith('recording '));
        if (left.length > 0) throw new Error(left.join('\n'));
        return true;
      },
      { withinMs: 15_000, what: 'Asterisk holds no channel and no bridge' },
    );
    const held = await whatAsteriskHolds(this.services);
    for (const line of held.filter((one) => one.startsWith('recording '))) {
      const name = encodeURIComponent(line.slice('recording '.length));
      await askAsterisk(this.services, 'DELETE', `recordings/stored/${name}`);
    }
  }

  async close(): Promise<void> {
    try {
      await this.clear();
    } finally {
      await this.api.stop();
    }
  }
}
