import { setTimeout as pause } from 'node:timers/promises';
import { customerHz } from '../e2e/voices.js';
import type { FaultHouse } from '../faults/support/fault-house.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { SipPhone } from '../support/phones/sip-phone.js';
import { loudness } from '../support/phones/tone-detector.js';

/** As many as six agents and their queue bear on a small machine. */
const mostAtOnce = 12;
/** So long without a sound, and somebody who is connected has been forgotten. */
const strandedAfterMs = 15_000;
const lookEveryMs = 1_000;
/** Line noise of A-law silence is about 0.0002. */
const audible = 0.0004;

/** Customers who call one after the other, wait with more or less patience, talk, and hang up or stay. */
export class SoakCustomers {
  calls = 0;
  refused = 0;
  /** Numbers that were connected and heard nothing at all for long. */
  readonly stranded: string[] = [];
  private calling = true;
  private readonly live = new Set<SipCall>();
  private readonly all = new Set<Promise<void>>();
  private readonly ended: Promise<void>;

  constructor(
    private readonly house: FaultHouse,
    private readonly random: () => number,
  ) {
    this.ended = this.keepCalling();
  }

  /** Their exchange died: who was connected notices, and hangs up. */
  linesAreDead(): void {
    for (const call of this.live) call.hangUp();
  }

  /** Nobody calls any more; resolves when the last one has hung up. */
  async over(): Promise<void> {
    this.calling = false;
    await this.ended;
    await Promise.all(this.all);
  }

  private async keepCalling(): Promise<void> {
    while (this.calling) {
      if (this.live.size < mostAtOnce) {
        const one = this.call().finally(() => this.all.delete(one));
        this.all.add(one);
      }
      await pause(500 + this.random() * 2_500);
    }
  }

  private async call(): Promise<void> {
    this.calls += 1;
    const number = String(13_800_000_000 + this.calls);
    const server = { host: '127.0.0.1', port: Number(this.house.services.SIP_TRUNK_PORT) };
    const phone = await SipPhone.start({ address: `127.0.0.${2 + (this.calls % 90)}`, server, user: number });
    const call = await phone.dial('8000', { tone: customerHz });
    this.live.add(call);
    const patienceMs = 5_000 + this.random() * 60_000;
    let silentMs = 0;
    for (let atMs = 0; call.state !== 'ended' && atMs < patienceMs; atMs += lookEveryMs) {
      await pause(lookEveryMs);
      const heard = call.state !== 'up' || loudness(call.lastHeard(lookEveryMs)) > audible;
      silentMs = heard ? 0 : silentMs + lookEveryMs;
      if (silentMs === strandedAfterMs) this.stranded.push(number);
    }
    if (call.state === 'ended' && call.endedBy !== 'me' && call.status >= 400) this.refused += 1;
    call.hangUp();
    this.live.delete(call);
    await phone.close();
  }
}
