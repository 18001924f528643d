import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Cancel, Clock } from '../../kernel/clock.js';
import { RecordingAccess } from '../recording-access.js';
import { RecordingLedger } from '../recording-ledger.js';
import { RecordingIngest } from './recording-ingest.js';

const lookEveryMs = 2_000;
const settleEveryMs = 60_000;
/** The engine's own word usually comes within a second of the call's end. */
const patienceMs = 60_000;
const lanes = 2;

/**
 * Keeps the worker at what is due. What is due stands in the rows: first attempts, repeated ones, and whatever a killed
 * process left behind are all found the same way, so a start needs no special care.
 */
@Injectable()
export class IngestLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(IngestLoop.name);
  private readonly running = new Map<string, Promise<void>>();
  private cancel: Cancel = () => undefined;
  private turning: Promise<void> | undefined;
  private settledAt = Number.NEGATIVE_INFINITY;
  private stopped = false;

  constructor(
    private readonly ledger: RecordingLedger,
    private readonly ingest: RecordingIngest,
    private readonly access: RecordingAccess,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.wake();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.cancel();
    await this.turning;
    await Promise.all(this.running.values());
  }

  /** Looks for work now instead of at the next turn. */
  wake(): void {
    if (this.stopped || this.turning) return;
    this.cancel();
    this.turning = this.turn().finally(() => {
      this.turning = undefined;
      if (!this.stopped) this.cancel = this.clock.at(this.clock.now() + lookEveryMs, () => this.wake());
    });
  }

  private async turn(): Promise<void> {
    try {
      await this.settle();
      const busyElsewhere: string[] = [];
      while (!this.stopped) {
        if (this.running.size >= lanes) await Promise.race(this.running.values());
        const id = await this.ledger.nextDue([...this.running.keys(), ...busyElsewhere]);
        if (!id) return;
        this.running.set(
          id,
          this.work(id, () => busyElsewhere.push(id)).finally(() => this.running.delete(id)),
        );
      }
    } catch (error) {
      // The database is away: everything due stays due.
      this.logger.warn({ msg: 'recordings: could not look for work', err: error });
    }
  }

  private async work(recordingId: string, onBusy: () => void): Promise<void> {
    try {
      if (!(await this.ingest.ingest(recordingId))) onBusy();
    } catch (error) {
      onBusy();
      this.logger.error({ msg: 'recording could not be worked on', recordingId, err: error });
    }
  }

  /** A killed engine never says that a recording ended: once its call is over, its files are taken as they are. */
  private async settle(): Promise<void> {
    const now = this.clock.now();
    if (now - this.settledAt < settleEveryMs) return;
    this.settledAt = now;
    for (const row of await this.ledger.running()) {
      const endedAt = await this.access.callEndedAt(row.callId);
      if (!endedAt || now - endedAt.getTime() < patienceMs) continue;
      this.logger.warn({ msg: 'recording never reported complete', recordingId: row.id, callId: row.callId });
      await this.ledger.finished(row.id, row.callId);
    }
  }
}
