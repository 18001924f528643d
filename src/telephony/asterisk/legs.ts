import { Logger } from '@nestjs/common';
import type { RingDevice, RingNumber, TurnAway } from '../port/engine.js';
import type { EngineEvent, LegRefusal } from '../port/engine-event.js';
import type { AriClient } from './ari-client.js';
import { AriError, ariPath } from './ari-request.js';
import { ariPingSchema } from './ari-schema.js';
import { deviceCodecs, quotable } from './devices.js';
import { dialOf } from './edge-endpoint.js';
import { legGone } from './gone.js';
import { checkId } from './ids.js';
import type { LegRecord } from './leg-record.js';
import { talkDetection } from './talk-detection.js';

/** Longest that a phone may ring: a net below the rules that end a ring long before. */
const longestRingSeconds = 180;

/** A late event is seconds late, not thousands of calls. */
const endedRemembered = 5_000;

/** What carriers understand. */
const trunkCodecs = 'alaw,ulaw';

/** Q.850 causes that Asterisk turns into 404, 403, 488 and 486. */
const turnAwayCauses: Readonly<Record<TurnAway, number>> = {
  'unknown-number': 1,
  forbidden: 21,
  'no-audio': 58,
  busy: 17,
};

/** Single legs: their records, and the commands that make, open and end them. */
export class Legs {
  private readonly log = new Logger(Legs.name);
  private readonly records = new Map<string, LegRecord>();
  /** The last legs that ended: what is told of them later is late. */
  private readonly ended = new Set<string>();

  constructor(
    private readonly ari: AriClient,
    private readonly app: string,
    private readonly tell: (event: EngineEvent) => void,
  ) {}

  get(legId: string): LegRecord | undefined {
    return this.records.get(legId);
  }

  put(record: LegRecord): void {
    this.records.set(record.legId, record);
  }

  remove(legId: string): void {
    this.records.delete(legId);
    this.ended.add(legId);
    const [oldest] = this.ended;
    if (this.ended.size > endedRemembered && oldest !== undefined) this.ended.delete(oldest);
  }

  /** True for a leg that ended a while ago: its channel's id is never used again. */
  hasEnded(legId: string): boolean {
    return this.ended.has(legId);
  }

  /** Forgets all but these. */
  replaceAll(records: readonly LegRecord[]): void {
    this.records.clear();
    for (const record of records) this.put(record);
  }

  async progress(legId: string): Promise<void> {
    await this.ari.command({ method: 'POST', path: ariPath('channels', legId, 'ring') }, legGone);
  }

  async openLine(legId: string): Promise<void> {
    await this.ari.command({ method: 'POST', path: ariPath('channels', legId, 'answer') }, legGone);
    const path = ariPath('channels', legId, 'variable');
    await this.ari.command({ method: 'POST', path, query: talkDetection }, legGone);
  }

  turnAway(legId: string, why: TurnAway): Promise<void> {
    return this.end(legId, turnAwayCauses[why]);
  }

  /** Ends a leg. The record learns of it first, so that the hang-up that follows is known as ours. */
  async end(legId: string, cause?: number): Promise<void> {
    const record = this.records.get(legId);
    if (record) this.put({ ...record, endAsked: true });
    const query: Record<string, number> = cause === undefined ? {} : { reason_code: cause };
    await this.ari.command({ method: 'DELETE', path: ariPath('channels', legId), query }, legGone);
  }

  /** Rings a device: through the edge, where there is one. */
  async ring(ring: RingDevice, edge: string | undefined): Promise<void> {
    await this.originate(ring, {
      endpoint: dialOf(checkId(ring.deviceId), edge),
      // Without it the customer's codec would be offered first, whatever the endpoint prefers.
      formats: deviceCodecs,
      callerId: callerId(ring.fromName, ring.fromNumber),
      timeout: longestRingSeconds,
      variables: headerVariables(ring),
    });
  }

  /** Rings an outside number over the trunk. */
  async ringNumber(ring: RingNumber, trunk: string | undefined, peer: string | undefined): Promise<void> {
    const { legId, number, timeoutMs } = ring;
    if (!/^\+?[0-9]{1,20}$/.test(number)) throw new Error(`not a number to dial: ${JSON.stringify(number)}`);
    if (!trunk || !peer) {
      await this.refuse(checkId(legId), 'unreachable');
      return;
    }
    await this.originate(ring, {
      endpoint: `PJSIP/${trunk}/sip:${number}@${peer}`,
      formats: trunkCodecs,
      callerId: callerId(ring.callerName, ring.callerNumber),
      // Asterisk keeps the time, so that it holds while we restart.
      timeout: Math.min(longestRingSeconds, Math.max(1, Math.ceil(timeoutMs / 1_000))),
      variables: {},
    });
  }

  /** What Asterisk refuses outright is told as `leg.refused`, like every other refusal. */
  private async originate(leg: { legId: string; onBehalfOf?: string }, how: Originate): Promise<void> {
    const legId = checkId(leg.legId);
    if (leg.onBehalfOf !== undefined && !this.records.has(leg.onBehalfOf)) {
      await this.refuse(legId, 'failed');
      return;
    }
    this.put({ legId, origin: 'rung', phase: 'new' });
    const { variables, ...query } = how;
    const request = {
      method: 'POST',
      path: ariPath('channels', legId),
      query: { ...query, app: this.app },
      body: { variables: { ...variables, [talkDetection.variable]: talkDetection.value } },
    } as const;
    const response = await this.ari.request(request).catch((error: unknown) => {
      this.remove(legId);
      throw error;
    });
    if (response.status < 300) return;
    this.remove(legId);
    // This is how Asterisk says that a device has no registration.
    if (response.status !== 500) throw new AriError(request, response.status, response.body);
    this.log.warn(`ring of ${how.endpoint} refused: ${JSON.stringify(response.body)}`);
    await this.refuse(legId, 'unreachable');
  }

  private async refuse(legId: string, why: LegRefusal): Promise<void> {
    this.tell({ kind: 'leg.refused', at: await this.now(), legId, why });
  }

  /** Asterisk's clock, for the few things it does without an event. */
  async now(): Promise<number> {
    const ping = await this.ari.get('asterisk/ping', ariPingSchema);
    if (!ping) throw new Error('ARI has no ping');
    return ping.timestamp;
  }
}

/** How a leg is rung, in Asterisk's words. */
interface Originate {
  endpoint: string;
  formats: string;
  callerId: string;
  timeout: number;
  variables: Readonly<Record<string, string>>;
}

function callerId(name: string, number: string): string {
  return `"${quotable(name)}" <${quotable(number)}>`;
}

function headerVariables({ headers = {} }: RingDevice): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (!/^X-Sanling-[A-Za-z0-9-]+$/.test(name) || /[\r\n]/.test(value))
        throw new Error(`not a header of ours: ${name}`);
      return [`PJSIP_HEADER(add,${name})`, value];
    }),
  );
}
