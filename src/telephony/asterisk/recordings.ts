import { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import type { RecordingFiles } from '../port/engine.js';
import type { AmiClient } from './ami-client.js';
import type { AriClient } from './ari-client.js';
import { ariPath } from './ari-request.js';
import { ariVariableSchema } from './ari-schema.js';
import { legGone } from './gone.js';
import { checkRecordingId } from './ids.js';
import { channelVariables } from './leg-record.js';
import type { RecordingStore } from './recording-store.js';
import { isCompleteWav, wavHeaderBytes } from './wav-header.js';

const sides = ['customer', 'agent'] as const;
type Side = (typeof sides)[number];

/** Asterisk's names for 16-bit WAV at 8 and 16 kHz: a telephone line carries no more than the one, a browser's voice is wider. */
const narrow = 'wav';
const wide = 'wav16';
const narrowCodecs = /^\((alaw|ulaw)\)$/;
const checkEveryMs = 100;
const giveUpAfterMs = 15_000;

/**
 * Two-channel recordings. MixMonitor on the leg's own channel writes what it says and what it hears into two files that
 * start together and stay in step through every move between bridges.
 *
 * It writes into the folder of stored recordings (`../recording` from its own), whence ARI serves and removes them, so
 * no file system is shared. The name carries recording and leg: `sanling.<recording>.<leg>.customer`.
 */
export class Recordings {
  private readonly log = new Logger(Recordings.name);

  constructor(
    private readonly ari: AriClient,
    private readonly ami: AmiClient,
    private readonly store: RecordingStore,
    private readonly clock: Clock,
  ) {}

  /** Starts; false when the leg has gone. */
  async start(legId: string, recordingId: string): Promise<boolean> {
    checkRecordingId(recordingId);
    if (!(await this.setVariable(legId, channelVariables.recording, recordingId))) return false;
    const codec = await this.getVariable(legId, 'CHANNEL(audionativeformat)');
    const format = narrowCodecs.test(codec ?? '') ? narrow : wide;
    const file = (side: Side) => `../recording/${fileName(recordingId, legId, side)}.${format}`;
    const response = await this.ami.action({
      Action: 'MixMonitor',
      Channel: legId,
      Options: `r(${file('customer')})t(${file('agent')})i(${channelVariables.mixMonitor})`,
    });
    if (response.Response === 'Success') return true;
    if (/no such channel/i.test(response.Message)) return false;
    throw new Error(`MixMonitor: ${response.Message}`);
  }

  /** Stops; false when the leg has gone (its end stops the recording too) or this is not the recording that runs. */
  async stop(legId: string, recordingId: string): Promise<boolean> {
    if ((await this.getVariable(legId, channelVariables.recording)) !== recordingId) return false;
    const mixMonitor = await this.getVariable(legId, channelVariables.mixMonitor);
    if (!mixMonitor || !(await this.setVariable(legId, channelVariables.recording, ''))) return false;
    const action = { Action: 'StopMixMonitor', Channel: legId, MixMonitorID: mixMonitor };
    const response = await this.ami.action(action);
    return response.Response === 'Success';
  }

  /** Resolves true when both files are whole, false when they did not become so in time. */
  async complete(recordingId: string, legId: string): Promise<boolean> {
    const names = sides.map((side) => `${fileName(recordingId, legId, side)}`);
    const deadline = this.clock.now() + giveUpAfterMs;
    for (;;) {
      const states = await Promise.all(names.map((name) => this.isComplete(name)));
      if (states.every(Boolean)) return true;
      if (this.clock.now() >= deadline) break;
      await new Promise<void>((resolve) => this.clock.at(this.clock.now() + checkEveryMs, resolve));
    }
    this.log.error(`recording ${recordingId}: its files did not become complete`);
    return false;
  }

  /** Recordings whose files are there, with the leg of each. */
  async list(): Promise<{ recordingId: string; legId: string }[]> {
    return (await this.store.names()).flatMap((name) => {
      const found = /^sanling\.([^.]+)\.(.+)\.customer$/.exec(name);
      return found ? [{ recordingId: found[1] ?? '', legId: found[2] ?? '' }] : [];
    });
  }

  async fetch(recordingId: string): Promise<RecordingFiles> {
    const found = await this.find(recordingId);
    if (!found) throw new Error(`no recording ${recordingId}`);
    const [customer, agent] = await Promise.all(
      sides.map((side) => this.store.open(fileName(recordingId, found.legId, side))),
    );
    if (customer && agent) return { customer: Readable.from(customer), agent: Readable.from(agent) };
    for (const opened of [customer, agent]) await opened?.cancel();
    throw new Error(`recording ${recordingId} has one file only`);
  }

  async delete(recordingId: string): Promise<void> {
    const found = await this.find(recordingId);
    if (!found) return;
    // The customer's file last: by it the recording is found again when this is interrupted.
    for (const side of sides.toReversed()) await this.store.remove(fileName(recordingId, found.legId, side));
  }

  private async find(recordingId: string) {
    checkRecordingId(recordingId);
    return (await this.list()).find((one) => one.recordingId === recordingId);
  }

  private async isComplete(name: string): Promise<boolean> {
    const head = await this.store.head(name, wavHeaderBytes);
    return head !== undefined && isCompleteWav(head.bytes, head.totalBytes);
  }

  /** Undefined when the leg has gone. */
  private async getVariable(legId: string, variable: string): Promise<string | undefined> {
    const path = ariPath('channels', legId, 'variable');
    const response = await this.ari.command({ method: 'GET', path, query: { variable } }, legGone);
    return response.status < 300 ? ariVariableSchema.parse(response.body).value : undefined;
  }

  private async setVariable(legId: string, variable: string, value: string): Promise<boolean> {
    const path = ariPath('channels', legId, 'variable');
    const response = await this.ari.command({ method: 'POST', path, query: { variable, value } }, legGone);
    return response.status < 300;
  }
}

function fileName(recordingId: string, legId: string, side: Side): string {
  return `sanling.${recordingId}.${legId}.${side}`;
}
