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

/**
 * Slows down whoever guesses at accounts of the telephony, at the trunk and through the softphones' signalling: after a
 * few failures their address is shut out, for twice as long each time.
 *
 * The sender of a datagram can be forged, so the carrier's addresses and our own are never shut out; nobody else has any
 * business at the trunk. A softphone's address is that of an established connection.
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
    const { account, over } = stranger;
    const address = over === 'trunk' ? stranger.address : this.proxy.addressAt(stranger.port);
    // Carried by another process than the one that drives the engine: not known here whose it is.
    if (address === undefined) return;
    const failures = await this.ledger.count(over, address, stranger.attemptId);
    if (failures === undefined) return;
    const spared = over === 'trunk' && (isListed(this.carriers, address) || this.proxy.speaksFrom(address));
    const forMs = spared ? 0 : shutOutMs(failures);
    this.reports.refused({ address, account, over, failures, forMs });
    if (forMs > 0) await this.shutOuts.shutOut(over, address, forMs);
    if (forMs > 0 && alarms(failures)) await this.reports.attacked({ at, address, account, failures, forMs });
  }
}
