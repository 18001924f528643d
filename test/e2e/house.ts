import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { CallDetail, CallSummary } from '../../src/contracts/call.js';
import { Config } from '../../src/platform/config/config.js';
import { createLogger, NestLog } from '../../src/platform/logging/logger.js';
import { TelephonyModule } from '../../src/telephony/telephony.module.js';
import { WorkerModule } from '../../src/worker.module.js';
import { Api, type ApiOptions } from '../support/api.js';
import { eventually } from '../support/eventually.js';
import { whatAsteriskHolds } from '../support/phones/asterisk-rest.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { SipPhone } from '../support/phones/sip-phone.js';
import { type Services, useServices } from '../support/services.js';
import { CallBook } from './call-book.js';
import { RobotAgent } from './robot-agent.js';

/** What the carrier beyond the trunk does with a number: a SIP status, or it rings. Others do not exist. */
type OutsideNumber = number | 'rings';
const carrierAddress = '127.0.0.251';

/** The whole product for a test: API, worker, real servers, a real Asterisk, and phones to call it with. */
export class House {
  readonly services: Services = useServices();
  private readonly phones: SipPhone[] = [];
  private readonly agents: RobotAgent[] = [];
  /** What an earlier, aborted run left behind is not this one's fault. */
  private foundAtFirst: ReadonlySet<string> = new Set();

  private readonly numbers = new Map<string, OutsideNumber>();

  private constructor(
    readonly api: Api,
    private readonly worker: INestApplicationContext,
    private readonly carrier: SipPhone,
    private readonly book: CallBook,
  ) {}

  /** `peer`: another exchange beyond the trunk than the scripted carrier; `logTo`: where the API's log goes. */
  static async open({ peer, logTo }: { peer?: string } & Pick<ApiOptions, 'logTo'> = {}): Promise<House> {
    const server = { host: '127.0.0.1', port: Number(useServices().SIP_TRUNK_PORT) };
    const carrier = await SipPhone.start({
      address: carrierAddress,
      server,
      user: 'carrier',
      onCall: (call) => house.carries(call),
    });
    // The tests look every call up by its number.
    const settings = {
      SIP_TRUNK_PEER: peer ?? carrier.reachedAt,
      SANLING_NUMBER_SEARCHES_PER_HOUR: '100000',
    };
    const api = await Api.start({ telephony: TelephonyModule, settings, ...(logTo && { logTo }) });
    const testing = await Test.createTestingModule({ imports: [WorkerModule] })
      // One logger serves both, as they share this process: without it a test module's own would take over.
      .setLogger(new NestLog(createLogger(api.config, 'worker', logTo)))
      .overrideProvider(Config)
      .useValue(api.config)
      .compile();
    const worker = await testing.init();
    const house = new House(api, worker, carrier, await CallBook.open(api));
    house.foundAtFirst = new Set(await whatAsteriskHolds(house.services));
    await eventually(async () => (await api.read('/api/health')).status === 200, { withinMs: 20_000 });
    return house;
  }

  /** An agent at the desk with a registered softphone, ready for calls. */
  async agent(number: string): Promise<RobotAgent> {
    const agent = await this.person(number, `127.0.0.${Number(number) - 700}`);
    await agent.ready();
    return agent;
  }

  /** A lead with a softphone, on the floor: not ready for calls of their own. */
  async lead(login = 'lead', address = '127.0.0.100'): Promise<RobotAgent> {
    const lead = await this.person(login, address);
    await eventually(() => lead.socket.last('presence.changed')?.deviceReady === true, {
      what: `the softphone of ${login} can be rung`,
    });
    return lead;
  }

  private async person(login: string, address: string): Promise<RobotAgent> {
    const agent = await RobotAgent.start(this.api, this.services, login, address);
    this.agents.push(agent);
    return agent;
  }

  /** Says what becomes of calls to a number outside; answers the phone that is called there. */
  outside(number: string, does: OutsideNumber): { call: () => Promise<SipCall> } {
    this.numbers.set(number, does);
    const current = () =>
      this.carrier.calls.findLast((call) => call.dialled === number && call.state !== 'ended');
    return { call: () => eventually(current, { withinMs: 10_000, what: `${number} is called` }) };
  }

  private carries(call: SipCall): void {
    const does = this.numbers.get(call.dialled) ?? 404;
    if (typeof does === 'number') call.reject(does);
    else call.ring();
  }

  /** A customer with a SIP phone of their own calls. */
  async customer(
    fromNumber: string,
    dialled = '8000',
    options: Parameters<SipPhone['dial']>[1] = {},
  ): Promise<SipCall> {
    return (await this.phone(fromNumber)).dial(dialled, options);
  }

  /** A SIP phone of a customer's own, beyond the trunk. */
  async phone(number: string): Promise<SipPhone> {
    const address = `127.0.0.${2 + (this.phones.length % 90)}`;
    const phone = await SipPhone.start({ address, server: this.trunk, user: number });
    this.phones.push(phone);
    return phone;
  }

  /** The numbers that were called over the trunk so far. */
  dialledOutside(): string[] {
    return this.carrier.calls.map((call) => call.dialled);
  }

  /** What the servers of this house have written into their logs. */
  async logs(): Promise<{ name: string; text: string }[]> {
    const folder = join(this.services.SANLING_HOME, 'log');
    const names = await readdir(folder);
    return Promise.all(
      names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
    );
  }

  get trunk() {
    return { host: '127.0.0.1', port: Number(this.services.SIP_TRUNK_PORT) };
  }

  /** The record of the last call from this number. */
  record(fromNumber: string): Promise<CallDetail> {
    return this.book.record(fromNumber);
  }

  calls(query?: string): Promise<CallSummary[]> {
    return this.book.calls(query);
  }

  /** The record of a call by its id. */
  recordOf(callId: string): Promise<CallDetail> {
    return this.book.recordOf(callId);
  }

  /** A stored recording as a listener gets it. */
  async audio(recordingId: string): Promise<Buffer> {
    const answer = await fetch(`${this.api.url}/api/recordings/${recordingId}/audio`, {
      headers: { cookie: this.book.cookie },
    });
    if (answer.status !== 200) throw new Error(`audio of ${recordingId}: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  /** The record once the call has the outcome that a test expects. */
  recordWith(fromNumber: string, outcome: CallSummary['outcome']): Promise<CallDetail> {
    return this.book.recordWith(fromNumber, outcome);
  }

  /** Everybody hangs up and leaves; then Asterisk must hold nothing. */
  async clear(): Promise<void> {
    for (const agent of this.agents.splice(0)) await agent.leave();
    for (const phone of this.phones.splice(0)) await phone.close();
    await eventually(
      async () => {
        const held = await whatAsteriskHolds(this.services);
        const left = held.filter((line) => !this.foundAtFirst.has(line));
        if (left.length > 0) throw new Error(left.join('\n'));
        return true;
      },
      { withinMs: 15_000, what: 'Asterisk holds no channel, bridge or recording' },
    );
  }

  async close(): Promise<void> {
    try {
      await this.clear();
    } finally {
      await this.worker.close();
      await this.api.stop();
      await this.carrier.close();
    }
  }
}

export { kinds, verdict } from './call-book.js';
