import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { People } from '../identity/people.js';
import { Peers } from '../platform/peers/peers.js';
import { PeerAway, type Question } from '../platform/peers/question.js';
import { type Match, type MatchOutcome, Router } from '../routing/router.service.js';
import { CallControl } from './call-control.service.js';
import { CallOwners } from './call-owners.js';
import { offerCall } from './domain/offer.js';
import { LiveCalls } from './live-calls.js';

const offerQuestion = {
  name: 'offer-call',
  asked: z.object({ queueId: z.string(), callId: z.string(), agentId: z.string(), handlingId: z.string() }),
  answer: z.enum(['taken', 'call-gone', 'agent-gone']),
} satisfies Question<Match, MatchOutcome>;

/** Offers matched calls to their agents: any process may have made the match, the call's owner takes it. */
@Injectable()
export class CallOffers implements OnModuleInit {
  constructor(
    private readonly router: Router,
    private readonly owners: CallOwners,
    private readonly peers: Peers,
    private readonly people: People,
    private readonly control: CallControl,
    private readonly live: LiveCalls,
  ) {}

  onModuleInit(): void {
    this.peers.answer(offerQuestion, (match) => this.offerHere(match));
  }

  /** From now on this process matches. */
  begin(): void {
    this.router.onMatch((match) => this.offer(match));
  }

  private async offer(match: Match): Promise<MatchOutcome> {
    const place = await this.owners.placeOf(match.callId);
    switch (place.at) {
      case 'none':
        return 'call-gone';
      case 'here':
        return this.offerHere(match);
      case 'elsewhere':
        return this.peers.ask(place.process, offerQuestion, match);
    }
  }

  private async offerHere(match: Match): Promise<MatchOutcome> {
    const agent = await this.people.byId(match.agentId);
    if (!agent?.agentNumber) return 'agent-gone';
    if (!this.live.get(match.callId)) throw new PeerAway(`call ${match.callId} is not here any more`, true);
    const { agentNumber } = agent;
    const refusal = await this.control.decide(match.callId, (call, policy, now) =>
      offerCall(call, { ...match, agentNumber, announceNumber: policy.announceAgentNumber }, now),
    );
    return refusal ? 'call-gone' : 'taken';
  }
}
