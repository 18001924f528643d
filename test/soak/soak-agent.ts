import { setTimeout as pause } from 'node:timers/promises';
import { fullWrapUp, RobotAgent } from '../e2e/robot-agent.js';
import { agentHz } from '../e2e/voices.js';
import type { FaultHouse } from '../faults/support/fault-house.js';
import type { SipCall } from '../support/phones/sip-call.js';

/** Steps that may fail in a row before the page is loaded again, as a person would. */
const patience = 3;

/** An agent who works call after call, whatever breaks: keys that are refused are pressed again, a dead page is loaded anew. */
export class SoakAgent {
  /** How often the page was loaded: the first time, and after each trouble. */
  pagesLoaded = 0;
  /** For whoever wants to know why. */
  lastTrouble: unknown;
  private working = true;
  private agent: RobotAgent | undefined;
  private readonly ended: Promise<void>;

  constructor(
    private readonly house: FaultHouse,
    private readonly number: string,
    private readonly random: () => number,
  ) {
    this.ended = this.work();
  }

  /** Ends the shift once the record of the call in hand is written. */
  async over(): Promise<void> {
    this.working = false;
    await this.ended;
    await this.agent?.leave();
  }

  private async work(): Promise<void> {
    let failures = 0;
    while (this.working || this.agent?.desk) {
      try {
        if (!this.agent) {
          this.agent = await this.opensThePage();
          this.pagesLoaded += 1;
        }
        await this.step(this.agent);
        failures = 0;
      } catch (error) {
        failures += 1;
        this.lastTrouble = error;
        if (failures >= patience || !this.agent?.socket.socket.connected) await this.closesThePage();
        failures %= patience;
      }
    }
  }

  private async opensThePage(): Promise<RobotAgent> {
    const address = `127.0.0.${Number(this.number) - 700}`;
    return RobotAgent.start(this.house.api, this.house.services, this.number, address);
  }

  private async closesThePage(): Promise<void> {
    const { agent } = this;
    this.agent = undefined;
    await agent?.leave();
    await this.moment(500);
  }

  /** The next thing that the desk asks for. */
  private async step(agent: RobotAgent): Promise<void> {
    const { desk, phone } = agent;
    const call = phone.call;
    const ringsByItself = call?.state === 'ringing' && desk?.phase !== 'ringing';
    if (ringsByItself && desk) this.speaksAt(call);
    else if (!desk) await this.waits(agent);
    else if (desk.phase === 'ringing') await this.answers(agent);
    else if (desk.phase === 'talking') await this.talks(agent);
    else if (desk.phase === 'held') {
      await this.moment(1_500);
      await this.presses(agent, 'resume-call');
    } else if (desk.phase === 'wrap-up') await agent.wrapsUp(fullWrapUp);
    await this.moment(200);
  }

  private async waits(agent: RobotAgent): Promise<void> {
    if (this.working && agent.presence === 'not-ready')
      await agent.socket.command('set-presence', { state: 'ready' });
  }

  private async answers(agent: RobotAgent): Promise<void> {
    const { call } = agent.phone;
    if (call?.state !== 'ringing') return;
    await this.moment(1_000);
    // Now and then nobody is at the desk.
    if (this.random() < 0.03) return agent.untilNot('ringing');
    await this.presses(agent, 'answer-call');
    this.speaksAt(call);
    await agent.untilNot('ringing');
  }

  private speaksAt(call: SipCall): void {
    call.answer();
    call.rtp.tone(agentHz);
  }

  private async talks(agent: RobotAgent): Promise<void> {
    await this.moment(3_000);
    const chance = this.random();
    if (chance < 0.3)
      await this.presses(agent, 'hold-call', { reason: 'check-record', consent: true, limitMs: 30_000 });
    else if (chance > 0.9) await this.presses(agent, 'hang-up-call', { reason: 'wrong-number' });
  }

  /** A refusal is shown at the desk; what is to be done next is seen there. */
  private async presses(
    agent: RobotAgent,
    name: 'answer-call' | 'hold-call' | 'resume-call' | 'hang-up-call',
    more = {},
  ) {
    const callId = agent.desk?.callId;
    if (callId) await agent.socket.raw(name, { callId, ...more });
  }

  private moment(upToMs: number): Promise<void> {
    return pause(50 + this.random() * upToMs);
  }
}
