import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { CallDetail, CallSummary, Page } from '../../src/contracts/call.js';
import { Config } from '../../src/platform/config/config.js';
import { TelephonyModule } from '../../src/telephony/telephony.module.js';
import { WorkerModule } from '../../src/worker.module.js';
import { Api } from '../support/api.js';
import { eventually } from '../support/eventually.js';
import { whatAsteriskHolds } from '../support/phones/asterisk-rest.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { SipPhone } from '../support/phones/sip-phone.js';
import { type Services, useServices } from '../support/services.js';
import { RobotAgent } from './robot-agent.js';

/** The whole product for a test: API, worker, real servers, a real Asterisk, and phones to call it with. */
export class House {
  readonly services: Services = useServices();
  private readonly phones: SipPhone[] = [];
  private readonly agents: RobotAgent[] = [];
  private supervisor = '';
  /** What an earlier, aborted run left behind is not this one's fault. */
  private foundAtFirst: ReadonlySet<string> = new Set();

  private constructor(
    readonly api: Api,
    private readonly worker: INestApplicationContext,
  ) {}

  static async open(): Promise<House> {
    const api = await Api.start({ telephony: TelephonyModule });
    const testing = await Test.createTestingModule({ imports: [WorkerModule] })
      .overrideProvider(Config)
      .useValue(api.config)
      .compile();
    const worker = await testing.init();
    const house = new House(api, worker);
    house.supervisor = await api.signIn('supervisor');
    house.foundAtFirst = new Set(await whatAsteriskHolds(house.services));
    await eventually(async () => (await api.read('/api/health')).status === 200, { withinMs: 20_000 });
    return house;
  }

  /** An agent at the desk with a registered softphone, ready for calls. */
  async agent(number: string): Promise<RobotAgent> {
    const agent = await RobotAgent.start(this.api, this.services, number, `127.0.0.${Number(number) - 700}`);
    this.agents.push(agent);
    await agent.ready();
    return agent;
  }

  /** A customer with a SIP phone of their own calls. */
  async customer(
    fromNumber: string,
    dialled = '8000',
    options: Parameters<SipPhone['dial']>[1] = {},
  ): Promise<SipCall> {
    const address = `127.0.0.${2 + (this.phones.length % 90)}`;
    const phone = await SipPhone.start({ address, server: this.trunk, user: fromNumber });
    this.phones.push(phone);
    return phone.dial(dialled, options);
  }

  get trunk() {
    return { host: '127.0.0.1', port: Number(this.services.SIP_TRUNK_PORT) };
  }

  /** The record of the last call from this number. */
  async record(fromNumber: string): Promise<CallDetail> {
    const [summary] = await this.calls(`fromNumber=${fromNumber}`);
    if (!summary) throw new Error(`no call from ${fromNumber} on record`);
    const { body } = await this.api.read(`/api/calls/${summary.id}`, { cookie: this.supervisor });
    return body as CallDetail;
  }

  async calls(query = ''): Promise<CallSummary[]> {
    const { body } = await this.api.read(`/api/calls?limit=500&${query}`, { cookie: this.supervisor });
    return (body as Page<CallSummary>).items;
  }

  /** The record once the call has the outcome that a test expects. */
  async recordWith(fromNumber: string, outcome: CallSummary['outcome']): Promise<CallDetail> {
    return eventually(
      async () => {
        const record = await this.record(fromNumber);
        if (record.outcome !== outcome) throw new Error(`${record.outcome}: ${kinds(record).join(' ')}`);
        return record;
      },
      { withinMs: 10_000, what: `the call from ${fromNumber} is ${outcome}` },
    );
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
    }
  }
}

/** The kinds of a record's facts, without the coming and going of voices. */
export function kinds(record: CallDetail): string[] {
  return record.timeline.map(({ kind }) => kind).filter((kind) => !kind.startsWith('speech.'));
}
