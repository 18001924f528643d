import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SystemClock } from '../../src/kernel/clock.js';
import { AsteriskEngine } from '../../src/telephony/asterisk/asterisk-engine.js';
import type { DeviceAccount } from '../../src/telephony/port/engine.js';
import type { EngineEvent } from '../../src/telephony/port/engine-event.js';
import { renderWav } from '../../src/telephony/simulated/simulated-audio.js';
import { eventually } from '../support/eventually.js';
import { allowPlainAudio, clearAsterisk, whatAsteriskHolds } from '../support/phones/asterisk-rest.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { SipPhone } from '../support/phones/sip-phone.js';
import { hearsTone, hearsTones, loudness } from '../support/phones/tone-detector.js';
import type { Services } from '../support/services.js';
import { AsteriskStranger } from './asterisk-stranger.js';
import type {
  EngineRig,
  OutsideNumber,
  RigCall,
  RigDevice,
  RigOutside,
  RigParty,
  RigStranger,
} from './rig.js';
import { partyTones } from './story.js';

const listenMs = 200;
const carrierAddress = '127.0.0.251';

/** The contract's parties as real SIP phones on a real Asterisk. */
export class AsteriskRig implements EngineRig {
  readonly events: EngineEvent[] = [];
  readonly sound = 'contract/tone';
  readonly promptHz = 660;
  engine: AsteriskEngine;
  private readonly phones: SipPhone[] = [];
  private readonly provisioned: string[] = [];
  private readonly strangers: AsteriskStranger[] = [];

  private readonly numbers = new Map<string, OutsideNumber>();

  private constructor(
    private readonly services: Services,
    private readonly carrier: SipPhone,
  ) {
    this.engine = this.newEngine();
  }

  static async make(services: Services): Promise<AsteriskRig> {
    const server = { host: '127.0.0.1', port: Number(services.SIP_TRUNK_PORT) };
    const carrier = await SipPhone.start({
      address: carrierAddress,
      server,
      user: 'carrier',
      onCall: (call) => rig.carries(call),
    });
    const rig = new AsteriskRig(services, carrier);
    await rig.writeSound();
    await rig.engine.start();
    await eventually(async () => (await rig.engine.health()).up);
    return rig;
  }

  now(): number {
    return Date.now();
  }

  async calls({ dialled, fromNumber = 'anonymous', fromName, withoutAudio }: RigCall): Promise<RigParty> {
    const phone = await this.phone({ user: fromNumber, ...(fromName ? { displayName: fromName } : {}) });
    return new SipParty(await phone.dial(dialled, withoutAudio ? { offer: 'video-only' } : {}));
  }

  async device(account: DeviceAccount): Promise<RigDevice> {
    await this.engine.provisionDevice(account);
    this.provisioned.push(account.deviceId);
    await allowPlainAudio(this.services, account.deviceId);
    return new SipDevice(await this.phone({ user: account.deviceId, secret: account.secret }));
  }

  outside(number: string, does: OutsideNumber): RigOutside {
    this.numbers.set(number, does);
    const current = () =>
      this.carrier.calls.findLast((call) => call.dialled === number && call.state !== 'ended');
    return {
      party: () => {
        const call = current();
        return call && new SipParty(call);
      },
      answers: () => current()?.answer(),
      refuses: (status) => current()?.reject(status),
      shownNumber: () => current()?.remoteNumber ?? '',
    };
  }

  /** From the half of loopback that is not the trunk's. */
  async stranger(): Promise<RigStranger> {
    const address = `127.128.1.${1 + this.strangers.length}`;
    const stranger = await AsteriskStranger.open(address, this.trunk);
    this.strangers.push(stranger);
    return stranger;
  }

  async withoutTrunk(meanwhile: () => Promise<void>): Promise<void> {
    await this.replaceEngine(this.newEngine(false));
    try {
      await meanwhile();
    } finally {
      await this.replaceEngine(this.newEngine());
    }
  }

  /** What the carrier beyond the trunk does with a call. */
  private carries(call: SipCall): void {
    const does = this.numbers.get(call.dialled) ?? 404;
    if (typeof does === 'number') call.reject(does);
    if (does === 'rings') call.ring();
    if (does === 'plays early') call.playEarly();
  }

  /** The phone's own audio clock: it sends a packet every 20 ms, whatever it hears. */
  async pass(party: RigParty, ms: number): Promise<void> {
    if (!(party instanceof SipParty)) throw new Error('not a party of this rig');
    const { rtp } = party.call;
    const until = rtp.packetsOut + ms / 20;
    await eventually(() => rtp.packetsOut >= until, { withinMs: ms + 5_000 });
  }

  async restart(meanwhile?: () => Promise<void>): Promise<void> {
    await this.engine.stop();
    try {
      await meanwhile?.();
    } finally {
      // What fails meanwhile is that test's own.
      await this.replaceEngine(this.newEngine());
    }
  }

  private async replaceEngine(engine: AsteriskEngine): Promise<void> {
    await this.engine.stop();
    this.engine = engine;
    await this.engine.start();
    await eventually(async () => (await this.engine.health()).up);
  }

  async leftovers(): Promise<readonly string[]> {
    return whatAsteriskHolds(this.services);
  }

  clear(): Promise<void> {
    return clearAsterisk(this.services);
  }

  async close(): Promise<void> {
    for (const phone of [...this.phones, this.carrier]) await phone.close();
    for (const stranger of this.strangers) stranger.close();
    for (const deviceId of this.provisioned) await this.engine.revokeDevice(deviceId);
    await this.engine.stop();
  }

  private newEngine(mayDialOut = true): AsteriskEngine {
    const { services } = this;
    const engine = new AsteriskEngine(
      {
        httpUrl: services.ASTERISK_HTTP_URL,
        soundsFolder: services.ASTERISK_SOUNDS,
        trunkPeer: mayDialOut ? this.carrier.reachedAt : undefined,
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
    engine.onEvent((event) => this.events.push(event));
    return engine;
  }

  private get trunk() {
    return { host: '127.0.0.1', port: Number(this.services.SIP_TRUNK_PORT) };
  }

  /** Each phone has an address of its own, as in the field. */
  private async phone(who: { user: string; displayName?: string; secret?: string }): Promise<SipPhone> {
    const server = this.trunk;
    const address = `127.0.0.${10 + (this.phones.length % 240)}`;
    const phone = await SipPhone.start({ address, server, ...who });
    this.phones.push(phone);
    return phone;
  }

  private async writeSound(): Promise<void> {
    const folder = join(this.services.ASTERISK_SOUNDS, 'contract');
    await mkdir(folder, { recursive: true });
    const second = renderWav([{ at: 0, says: this.promptHz, hears: [] }], 1_000, 'says');
    await writeFile(join(folder, 'tone.wav16'), second);
  }
}

class SipDevice implements RigDevice {
  constructor(private readonly phone: SipPhone) {}

  async registers(): Promise<boolean> {
    return (await this.phone.register()) === 200;
  }

  party(): RigParty | undefined {
    return this.phone.call && new SipParty(this.phone.call);
  }

  answers(): void {
    this.call().answer();
  }

  rejects(): void {
    this.call().reject(603);
  }

  holds(): void {
    this.call().hold();
  }

  resumes(): void {
    this.call().resume();
  }

  header(name: string): string {
    return this.call().inviteHeader(name);
  }

  shownNumber(): string {
    return this.call().remoteNumber;
  }

  async dials(number: string): Promise<RigParty> {
    return new SipParty(await this.phone.dial(number));
  }

  private call(): SipCall {
    if (!this.phone.call) throw new Error('the phone has no call');
    return this.phone.call;
  }
}

class SipParty implements RigParty {
  constructor(readonly call: SipCall) {}

  state() {
    return this.call.state;
  }

  status(): number {
    return this.call.status;
  }

  speaks(frequency: number): void {
    this.call.rtp.tone(frequency);
  }

  hears(frequency: number): boolean {
    return hearsTone(this.listen(), frequency);
  }

  hearsJust(...frequencies: number[]): boolean {
    const others = partyTones.filter((tone) => !frequencies.includes(tone));
    return hearsTones(this.listen(), frequencies, others);
  }

  /** Line noise of A-law silence is about 0.0002. */
  hearsMusic(): boolean {
    const heard = this.listen();
    return loudness(heard) > 0.0004 && partyTones.every((tone) => !hearsTone(heard, tone));
  }

  presses(digits: string): void {
    this.call.sendDigits(digits);
  }

  digitsHeard(): string {
    return this.call.rtp.digits.join('');
  }

  hangsUp(): void {
    this.call.hangUp();
  }

  private listen(): Int16Array {
    return this.call.rtp.lastHeard(listenMs);
  }
}
