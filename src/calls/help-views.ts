import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { type HelpView, helpViewSchema } from '../contracts/live-help.js';
import { maskedNumber } from '../kernel/masking.js';
import { Peers } from '../platform/peers/peers.js';
import type { Question } from '../platform/peers/question.js';
import { CallOwners } from './call-owners.js';
import { handlingOf, helpers } from './domain/call-model.js';
import { iso } from './domain/decision.js';
import { customerNumber } from './domain/outbound.js';
import { LiveCalls } from './live-calls.js';

const helpQuestion = {
  name: 'help-of-lead',
  asked: z.string(),
  answer: helpViewSchema.nullable(),
} satisfies Question<string, HelpView | null>;

/** The call that a lead helps in, as their page shows it, whichever process has it. */
@Injectable()
export class HelpViews implements OnModuleInit {
  constructor(
    private readonly live: LiveCalls,
    private readonly owners: CallOwners,
    private readonly peers: Peers,
  ) {}

  onModuleInit(): void {
    this.peers.answer(helpQuestion, async (leadId) => this.viewOf(leadId));
  }

  /** The call of this process that this person helps in, as their page shows it; null: none. */
  viewOf(leadId: string): HelpView | null {
    const call = this.live.ofLead(leadId)?.model;
    const help = call && helpers(call).find((each) => each.leadId === leadId);
    const helped = call && help && handlingOf(call, help.handlingId);
    if (!helped) return null;
    return {
      helpId: help.id,
      callId: call.id,
      legId: help.legId,
      agentId: helped.agentId,
      agentNumber: helped.agentNumber,
      fromNumber: maskedNumber(customerNumber(call)),
      wanted: help.wanted,
      mode: help.mode,
      since: iso(help.since),
      mayTakeOver: help.phase === 'here' && call.transfer === null,
    };
  }

  /** As `viewOf`, in any process. */
  async viewAnywhere(leadId: string): Promise<HelpView | null> {
    const here = this.viewOf(leadId);
    if (here) return here;
    const elsewhere = await this.owners.askOthers(helpQuestion, leadId);
    return elsewhere.find((view) => view !== null) ?? null;
  }
}
