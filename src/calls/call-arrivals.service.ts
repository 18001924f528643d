import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { TelephonyEngine } from '../telephony/port/engine.js';
import type { EngineEvent } from '../telephony/port/engine-event.js';
import { CallNodes } from './call-nodes.service.js';
import { CallOffers } from './call-offers.js';
import { CallReception } from './call-reception.js';

/** Brings to the calls what the engine tells, on the nodes that this process owns. */
@Injectable()
export class CallArrivals implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(CallArrivals.name);
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly engine: TelephonyEngine,
    private readonly reception: CallReception,
    private readonly nodes: CallNodes,
    private readonly offers: CallOffers,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.unsubscribe = this.engine.onEvent((event, node) => this.guard(event.kind, this.take(event, node)));
    await this.nodes.start();
    this.offers.begin();
  }

  /** While Redis is still there, so that the nodes can be given back. */
  async beforeApplicationShutdown(): Promise<void> {
    this.unsubscribe();
    await this.nodes.stop();
  }

  private async take(event: EngineEvent, node: string): Promise<void> {
    switch (event.kind) {
      case 'leg.arrived':
        return this.reception.arrive(event.at, event.leg, node);
      case 'engine.connected':
        return this.nodes.connected(event, node);
      case 'engine.lost':
        return this.nodes.disconnected(node);
      case 'stranger.refused':
        // No call came of it; the edge keeps count.
        return;
      default:
        return this.reception.tell(event);
    }
  }

  private guard(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => this.logger.error({ msg: `could not take up: ${what}`, err: error }));
  }
}
