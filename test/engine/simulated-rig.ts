import { ManualClock } from '../../src/kernel/clock.js';
import type { DeviceAccount } from '../../src/telephony/port/engine.js';
import type { EngineEvent, LegRefusal } from '../../src/telephony/port/engine-event.js';
import { musicHz, promptHz } from '../../src/telephony/simulated/simulated-audio.js';
import { SimulatedEngine } from '../../src/telephony/simulated/simulated-engine.js';
import { SimulatedExchange } from '../../src/telephony/simulated/simulated-exchange.js';
import type { SimulatedNumber } from '../../src/telephony/simulated/simulated-outside.js';
import type {
  EngineRig,
  OutsideNumber,
  RigCall,
  RigDevice,
  RigOutside,
  RigParty,
  RigStranger,
} from './rig.js';

/** The contract's parties on the simulated exchange. */
export class SimulatedRig implements EngineRig {
  readonly events: EngineEvent[] = [];
  readonly sound = 'sanling/tone';
  readonly promptHz = promptHz;
  readonly clock = new ManualClock();
  readonly exchange = new SimulatedExchange(this.clock);
  engine = new SimulatedEngine(this.exchange);
  private strangers = 0;

  static async make(): Promise<SimulatedRig> {
    const rig = new SimulatedRig();
    await rig.plug();
    return rig;
  }

  now(): number {
    return this.clock.now();
  }

  async calls(call: RigCall): Promise<RigParty> {
    const legId = this.exchange.arrive(call);
    return legId ? new SimulatedParty(this.exchange, legId) : turnedAway(488);
  }

  async device(account: DeviceAccount): Promise<RigDevice> {
    await this.engine.provisionDevice(account);
    return new SimulatedDevice(this.exchange, account);
  }

  outside(number: string, does: OutsideNumber): RigOutside {
    this.exchange.outside?.set(number, simulatedNumber(does));
    const leg = () => this.exchange.legOfNumber(number);
    return {
      party: () => {
        const found = leg();
        return found && new SimulatedParty(this.exchange, found.legId);
      },
      answers: () => this.exchange.deviceAnswers(leg()?.legId ?? ''),
      refuses: (status) => {
        const why = status === 408 ? 'no-answer' : refusals[status];
        this.exchange.deviceRefuses(leg()?.legId ?? '', why, status);
      },
      shownNumber: () => leg()?.fromNumber ?? '',
    };
  }

  async stranger(): Promise<RigStranger> {
    const { gate } = this.exchange;
    const address = `192.0.2.${++this.strangers}`;
    return {
      address,
      knocks: async () => gate.answers(address),
      guessesAt: async (account) => gate.isGuessedAt(address, account),
    };
  }

  async withoutTrunk(meanwhile: () => Promise<void>): Promise<void> {
    const { outside } = this.exchange;
    this.exchange.outside = undefined;
    await meanwhile();
    this.exchange.outside = outside;
  }

  async pass(_party: RigParty, ms: number): Promise<void> {
    this.clock.advance(ms);
  }

  async restart(meanwhile?: () => Promise<void>): Promise<void> {
    await this.engine.stop();
    await meanwhile?.();
    this.engine = new SimulatedEngine(this.exchange);
    await this.plug();
  }

  async leftovers(): Promise<readonly string[]> {
    return this.exchange.leftovers();
  }

  async clear(): Promise<void> {
    this.exchange.clear();
  }

  async close(): Promise<void> {
    await this.engine.stop();
  }

  private async plug(): Promise<void> {
    this.engine.onEvent((event) => this.events.push(event));
    await this.engine.start();
  }
}

class SimulatedDevice implements RigDevice {
  constructor(
    private readonly exchange: SimulatedExchange,
    private readonly account: DeviceAccount,
  ) {}

  async registers(): Promise<boolean> {
    return this.exchange.registerDevice(this.account.deviceId, this.account.secret);
  }

  party(): RigParty | undefined {
    const leg = this.exchange.legOf(this.account.deviceId);
    return leg && new SimulatedParty(this.exchange, leg.legId);
  }

  answers(): void {
    this.exchange.deviceAnswers(this.leg().legId);
  }

  rejects(): void {
    this.exchange.deviceRefuses(this.leg().legId, 'rejected');
  }

  holds(): void {
    this.exchange.deviceHolds(this.leg().legId);
  }

  resumes(): void {
    this.exchange.deviceResumes(this.leg().legId);
  }

  header(name: string): string {
    return this.leg().headers[name] ?? '';
  }

  shownNumber(): string {
    return this.leg().fromNumber;
  }

  async dials(dialled: string): Promise<RigParty> {
    const { deviceId } = this.account;
    const refusal = this.exchange.hasCalled(deviceId) ? 486 : 403;
    const legId = this.exchange.arrive({ dialled, deviceId });
    return legId ? new SimulatedParty(this.exchange, legId) : turnedAway(refusal);
  }

  private leg() {
    const leg = this.exchange.legOf(this.account.deviceId);
    if (!leg) throw new Error(`${this.account.deviceId} has no call`);
    return leg;
  }
}

class SimulatedParty implements RigParty {
  constructor(
    private readonly exchange: SimulatedExchange,
    private readonly legId: string,
  ) {}

  state() {
    return this.exchange.leg(this.legId).state;
  }

  status(): number {
    return this.exchange.leg(this.legId).status;
  }

  speaks(frequency: number): void {
    this.exchange.speaks(this.legId, frequency);
  }

  hears(frequency: number): boolean {
    const heard = this.exchange.hears(this.legId);
    return heard.length === 1 && heard[0] === frequency;
  }

  hearsJust(...frequencies: number[]): boolean {
    const byPitch = (a: number, b: number) => a - b;
    const heard = [...this.exchange.hears(this.legId)].sort(byPitch);
    return heard.join() === frequencies.sort(byPitch).join();
  }

  hearsMusic(): boolean {
    return this.hears(musicHz);
  }

  presses(digits: string): void {
    this.exchange.digits(this.legId, digits);
  }

  digitsHeard(): string {
    return this.exchange.leg(this.legId).digitsHeard.join('');
  }

  hangsUp(): void {
    this.exchange.remoteHangsUp(this.legId);
  }
}

const refusals: Readonly<Record<number, LegRefusal>> = {
  403: 'rejected',
  404: 'unknown-number',
  408: 'unreachable',
  480: 'no-answer',
  486: 'busy',
  503: 'unreachable',
  600: 'busy',
  603: 'rejected',
};

function simulatedNumber(does: OutsideNumber): SimulatedNumber {
  if (does === 'is silent') return does;
  if (typeof does === 'string') return 'rings';
  return { refuses: refusals[does] ?? 'failed', sipStatus: does };
}

/** A phone whose call the exchange refused at once. */
function turnedAway(status: number): RigParty {
  return {
    state: () => 'ended',
    status: () => status,
    speaks: () => undefined,
    hears: () => false,
    hearsJust: () => false,
    hearsMusic: () => false,
    presses: () => undefined,
    digitsHeard: () => '',
    hangsUp: () => undefined,
  };
}
