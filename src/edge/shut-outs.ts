import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Beat } from '../kernel/beat.js';
import { Clock } from '../kernel/clock.js';
import { SipDoors } from '../platform/sip-proxy/sip-doors.js';
import { SipProxy } from '../platform/sip-proxy/sip-proxy.js';
import { EngineUnavailable, TelephonyEngine } from '../telephony/port/engine.js';
import { StrangerLedger } from './stranger-ledger.js';

const lookEveryMs = 1_000;

/**
 * Who may not come for a while: addresses to the trunk, holders of accounts to the softphones' signalling. Behind one
 * address there may be a whole hotel, its agents and its guests: at the door where each shows who they are, nobody pays
 * for another.
 */
@Injectable()
export class ShutOuts implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(ShutOuts.name);
  private readonly looking: Beat;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly engine: TelephonyEngine,
    private readonly ledger: StrangerLedger,
    private readonly proxy: SipProxy,
    private readonly doors: SipDoors,
    private readonly clock: Clock,
  ) {
    this.looking = new Beat(clock, lookEveryMs, () => this.letInDue(), this.failed);
  }

  onModuleInit(): void {
    this.doors.watch(async (holder) => {
      const until = await this.ledger.shutUntil('softphone', holder);
      return until === undefined ? 0 : until - this.clock.now();
    });
    this.stopListening = this.engine.onEvent((event) => {
      // An engine that restarted has forgotten them.
      if (event.kind === 'engine.connected') this.pushAll().catch(this.failed);
    });
    this.looking.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopListening();
    await this.looking.stop();
  }

  /** From the trunk. */
  async shutOutAddress(address: string, forMs: number): Promise<void> {
    await this.ledger.shutOut('trunk', address, this.clock.now() + forMs);
    await this.engine.shutOut(address);
  }

  /** From the softphones' signalling. */
  async shutOutHolder(holder: string, forMs: number): Promise<void> {
    await this.ledger.shutOut('softphone', holder, this.clock.now() + forMs);
    this.proxy.closeHolder(holder, 4429, 'shut out');
  }

  /** Lets in those whose time is over; one that the engine does not take now is tried again. */
  async letInDue(): Promise<void> {
    const now = this.clock.now();
    await this.ledger.takeDue('softphone', now);
    for (const address of await this.ledger.takeDue('trunk', now)) {
      try {
        await this.engine.letIn(address);
      } catch (error) {
        await this.ledger.shutOut('trunk', address, this.clock.now() + lookEveryMs);
        if (!(error instanceof EngineUnavailable)) throw error;
      }
    }
  }

  private async pushAll(): Promise<void> {
    for (const address of await this.ledger.allShutOut('trunk')) await this.engine.shutOut(address);
  }

  private readonly failed = (error: unknown): void =>
    this.logger.warn({ msg: 'those who are shut out could not be looked after', err: error });
}
