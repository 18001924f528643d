import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { AgentDirectory } from '../agents/agent-directory.js';
import { type DeskCall, deskCallSchema } from '../contracts/call.js';
import { Clock } from '../kernel/clock.js';
import { Peers } from '../platform/peers/peers.js';
import { PeerAway, type Question } from '../platform/peers/question.js';
import { CallOwners } from './call-owners.js';
import { deskCall } from './domain/desk-view.js';
import { maskedDeskCall } from './domain/masked.js';
import { LiveCalls } from './live-calls.js';

const deskQuestion = {
  name: 'call-at-desk',
  asked: z.string(),
  answer: deskCallSchema.nullable(),
} satisfies Question<string, DeskCall | null>;

/** The call at an agent's desk as it is shown, whichever process has it. */
@Injectable()
export class DeskCalls implements OnModuleInit {
  /** Names of colleagues in a call, read again whenever a desk connects or another process asks. */
  private names: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly live: LiveCalls,
    private readonly agents: AgentDirectory,
    private readonly owners: CallOwners,
    private readonly peers: Peers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.peers.answer(deskQuestion, async (agentId) => {
      await this.readNames();
      return this.callOf(agentId);
    });
  }

  /** Before the first look of a desk that connects. */
  async readNames(): Promise<void> {
    this.names = new Map((await this.agents.all()).map(({ id, name }) => [id, name]));
  }

  /** The call of this process's at the agent's desk as it is shown now; null when there is none. */
  callOf(agentId: string): DeskCall | null {
    const found = this.live.ofAgent(agentId);
    if (!found) return null;
    const { live, handling } = found;
    const desk = deskCall({
      call: live.model,
      handling,
      timeline: live.timeline,
      policy: live.policy,
      draft: live.drafts.get(handling.id) ?? {},
      drafts: live.drafts,
      names: this.names,
      now: this.clock.now(),
    });
    return maskedDeskCall(desk);
  }

  /** As `callOf`, wherever the call is. An owner that cannot be asked tells the desk itself, once it is there. */
  async callAnywhere(agentId: string, callId: string | null): Promise<DeskCall | null> {
    const here = this.callOf(agentId);
    if (here || callId === null) return here;
    try {
      const place = await this.owners.placeOf(callId);
      return place.at === 'elsewhere' ? await this.peers.ask(place.process, deskQuestion, agentId) : null;
    } catch (error) {
      if (!(error instanceof PeerAway)) throw error;
      return null;
    }
  }
}
