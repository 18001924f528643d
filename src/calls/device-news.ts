import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { DevicesService } from '../agents/devices.service.js';
import { PresenceService } from '../agents/presence.service.js';
import { Peers } from '../platform/peers/peers.js';
import type { Question } from '../platform/peers/question.js';
import { CallOwners } from './call-owners.js';
import { CallReturns } from './call-returns.js';

const newsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lost'), why: z.enum(['cut-off', 'device-lost', 'page-gone', 'signed-out']) }),
  z.object({ kind: z.literal('ready'), legs: z.array(z.string()).nullable() }),
]);
type News = z.output<typeof newsSchema>;

const toldSchema = z.object({ agentId: z.string(), news: newsSchema });
const newsQuestion = {
  name: 'device-news',
  asked: toldSchema,
  answer: z.null(),
} satisfies Question<z.output<typeof toldSchema>, null>;

/** What becomes of an agent's softphone: whatever process saw it, the call that the agent is in is told. */
@Injectable()
export class DeviceNews implements OnModuleInit {
  private readonly logger = new Logger(DeviceNews.name);

  constructor(
    private readonly devices: DevicesService,
    private readonly presence: PresenceService,
    private readonly owners: CallOwners,
    private readonly peers: Peers,
    private readonly returns: CallReturns,
  ) {}

  onModuleInit(): void {
    this.peers.answer(newsQuestion, ({ agentId, news }) => this.here(agentId, news));
    this.devices.onLost((agentId, why) => this.told(agentId, { kind: 'lost', why }));
    this.devices.onReady((agentId, legs) => this.told(agentId, { kind: 'ready', legs: legs && [...legs] }));
  }

  private told(agentId: string, news: News): void {
    this.pass(agentId, news).catch((error: unknown) =>
      this.logger.error({ msg: 'a call could not be told of its softphone', agentId, news, err: error }),
    );
  }

  private async pass(agentId: string, news: News): Promise<void> {
    const callId = await this.presence.heldByCall(agentId);
    if (callId === null) return;
    const place = await this.owners.placeOf(callId);
    if (place.at === 'here') await this.here(agentId, news);
    if (place.at === 'elsewhere') await this.peers.ask(place.process, newsQuestion, { agentId, news });
  }

  private async here(agentId: string, news: News): Promise<null> {
    if (news.kind === 'lost') await this.returns.lost(agentId, news.why);
    else await this.returns.ready(agentId, news.legs);
    return null;
  }
}
