import type { TargetWish, TransferTargets } from '../../src/contracts/transfer.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { House } from './house.js';
import type { RobotAgent } from './robot-agent.js';
import { agentHz, customerHz, heard } from './voices.js';

/** A house in which 801 has a customer, and those to whom the customer could be passed on. */
export class TransferHouse {
  private constructor(
    readonly house: House,
    readonly targets: TransferTargets,
  ) {}

  static async open(): Promise<TransferHouse> {
    const house = await House.open();
    const cookie = await house.api.signIn('806');
    const { body } = await house.api.read('/api/transfer-targets', { cookie });
    return new TransferHouse(house, body as TransferTargets);
  }

  /** The agent with this number, as one asks for them. */
  agent(number: string): TargetWish {
    return { kind: 'agent', agentId: this.targets.agents.find((one) => one.number === number)?.id ?? '' };
  }

  /** 801 talks with the customer. */
  async talk(fromNumber: string): Promise<{ first: RobotAgent; desk: SipCall; customer: SipCall }> {
    const first = await this.house.agent('801');
    const customer = await this.house.customer(fromNumber, '8000', { tone: customerHz });
    const desk = await first.answers(agentHz);
    await heard('they talk', [customer, agentHz], [desk, customerHz]);
    return { first, desk, customer };
  }
}
