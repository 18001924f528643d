import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Config } from '../platform/config/config.js';
import { SipProxy } from '../platform/sip-proxy/sip-proxy.js';
import { TelephonyEngine } from '../telephony/port/engine.js';
import type { Stranger } from '../telephony/port/engine-event.js';
import { addressList, isListed } from './domain/address-list.js';
import { alarms, shutOutMs } from './domain/back-off.js';
import { EdgeReports } from './edge-reports.js';
import { ShutOuts } from './shut-outs.js';
import { StrangerLedger } from './stranger-ledger.js';

interface Guesser {
  /** At the trunk the address, at the softphones' door the holder. */
  who: string;
  address: string;
  /** Counted, and never shut out. */
  spared: boolean;
}

/**
 * Slows down whoever guesses at accounts of the telephony: after a few failures they are shut out, for twice as long each
 * time. At the trunk that is an address; through the softphones' signalling the session or the guest's page that guessed.
 *
 * The sender of a datagram can be forged, so the carrier's addresses and our own are never shut out; nobody else has any
 * business at the trunk.
 */
@Injectable()
export class EdgeWatch implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(EdgeWatch.name);
  private readonly carriers;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly engine: TelephonyEngine,
    private readonly ledger: StrangerLedger,
    private readonly shutOuts: ShutOuts,
    private readonly proxy: SipProxy,
    private readonly reports: EdgeReports,
    config: Config,
  ) {
    this.carriers = addressList(config.sipTrunkPeers);
  }

  onModuleInit(): void {
    this.stopListening = this.engine.onEvent((event) => {
      if (event.kind !== 'stranger.refused') return;
      this.take(event.at, event.stranger).catch((error: unknown) =>
        this.logger.error({ msg: 'a stranger could not be counted', err: error }),
      );
    });
  }

  onModuleDestroy(): void {
    this.stopListening();
  }

  private async take(at: number, stranger: Stranger): Promise<void> {
    const { account, over, attemptId } = stranger;
    const guesser = this.guesserOf(stranger);
    if (!guesser) return;
    const failures = await this.ledger.count(over, guesser.who, attemptId);
    if (failures === undefined) return;
    const forMs = guesser.spared ? 0 : shutOutMs(failures);
    const refused = { account, over, failures, forMs, address: guesser.address, who: guesser.who };
    this.reports.refused(refused);
    if (forMs > 0 && over === 'trunk') await this.shutOuts.shutOutAddress(guesser.who, forMs);
    if (forMs > 0 && over === 'softphone') await this.shutOuts.shutOutHolder(guesser.who, forMs);
    if (forMs > 0 && alarms(failures)) await this.reports.attacked({ ...refused, at });
  }

  /** Who is counted; undefined for a softphone that another process than the one that drives the engine carries. */
  private guesserOf({ over, address, port }: Stranger): Guesser | undefined {
    if (over === 'trunk') {
      const spared = isListed(this.carriers, address) || this.proxy.speaksFrom(address);
      return { who: address, address, spared };
    }
    const speaker = this.proxy.speakerAt(port);
    return speaker && { who: speaker.holder, address: speaker.address, spared: false };
  }
}
