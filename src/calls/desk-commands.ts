import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CommandName, CommandPayload } from '../contracts/socket.js';
import type { WrapUpDraft } from '../contracts/wrap-up.js';
import { requiredFieldsMissing } from '../contracts/wrap-up-rules.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { restoredNumber } from '../kernel/masking.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { type CommandHandler, CommandRegistry } from '../platform/realtime/command-registry.js';
import { CallControl } from './call-control.service.js';
import { CallNodes } from './call-nodes.service.js';
import { CallRecords } from './call-records.js';
import { type CallModel, type HandlingModel, lastHandlingOfAgent, nodeOf } from './domain/call-model.js';
import * as commands from './domain/commands.js';
import { dropMember, leaveConference } from './domain/conference-commands.js';
import { because, type Decision } from './domain/decision.js';
import { type Desk, whenHere } from './domain/desk.js';
import { callForHelp, withdrawCallForHelp } from './domain/help-commands.js';
import { customerNumber } from './domain/outbound.js';
import * as transfers from './domain/transfer-commands.js';
import { LiveCalls } from './live-calls.js';

type OnCall = { callId: string };

/** These change the record only; the others ask something of the engine, and are refused while it is away. */
const recordOnly: readonly CommandName[] = ['file-shown', 'complete-wrap-up', 'withdraw-call-for-help'];

/** The commands of the agent's desk: permission, the agent's own handling, then a pure decision. */
@Injectable()
export class DeskCommands implements OnModuleInit {
  constructor(
    private readonly registry: CommandRegistry,
    private readonly control: CallControl,
    private readonly live: LiveCalls,
    private readonly records: CallRecords,
    private readonly nodes: CallNodes,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.on('answer-call', (desk) => commands.answerCall(desk));
    this.on('reject-call', (desk) => commands.rejectCall(desk));
    this.on('file-shown', (desk) => commands.fileShown(desk));
    this.onTalk('hold-call', (desk, wish) => commands.holdCall(desk, wish));
    this.onTalk('resume-call', (desk) => commands.resumeCall(desk));
    this.onTalk('mute-call', (desk) => commands.muteCall(desk, true));
    this.onTalk('unmute-call', (desk) => commands.muteCall(desk, false));
    this.onTalk('report-microphone', (desk, { lost }) => commands.microphoneIs(desk, lost));
    this.onTalk('send-digits', (desk, { digits }) => commands.sendDigits(desk, digits));
    this.onTalk('hang-up-call', (desk, { reason }) => commands.hangUpCall(desk, reason));
    this.onTalk('withdraw-hang-up', (desk) => commands.withdrawHangUp(desk));
    this.onTalk('complete-transfer', (desk) => transfers.completeTransfer(desk));
    this.onTalk('withdraw-transfer', (desk) => transfers.withdrawTransfer(desk));
    this.onTalk('swap-transfer', (desk) => transfers.swapTransfer(desk));
    this.onTalk('merge-transfer', (desk) => transfers.mergeTransfer(desk));
    this.onTalk('drop-member', (desk, { memberId }) => dropMember(desk, memberId));
    this.onTalk('leave-conference', (desk) => leaveConference(desk));
    this.onTalk('call-for-help', (desk) => callForHelp(desk));
    this.onTalk('withdraw-call-for-help', (desk) => withdrawCallForHelp(desk));
    this.on('complete-wrap-up', (desk, { record }) => {
      const whole = this.whole(desk.call, desk.handling, record);
      return commands.completeWrapUp(desk, whole, requiredFieldsMissing(desk.policy, whole));
    });
    this.registry.handle('save-wrap-up-draft', (actor, payload) => this.saveDraft(actor, payload));
  }

  /** On a running talk: only with the agent's phone in it. */
  private onTalk<N extends keyof OnCallPayloads>(
    name: N,
    decide: (desk: Desk, payload: CommandPayload<N>) => Decision,
  ): void {
    this.on(name, (desk, payload) => whenHere(desk, () => decide(desk, payload)));
  }

  private on<N extends keyof OnCallPayloads>(
    name: N,
    decide: (desk: Desk, payload: CommandPayload<N>) => Decision,
  ): void {
    const handler = async (actor: Actor, payload: OnCall): Promise<Refusal | null> => {
      const denied = denyUnless(actor, 'call.handle');
      if (denied) return denied;
      return this.control.decide(payload.callId, (call, policy, now) => {
        // Granted and not carried out would be worse than refused: the agent would believe it.
        if (!recordOnly.includes(name) && this.nodes.isAway(nodeOf(call)))
          return because(refuse('engine.unavailable'));
        const handling = lastHandlingOfAgent(call, actor.personId);
        if (!handling) return because(refuse('call.not-yours'));
        return decide({ call, handling, policy, now }, payload as CommandPayload<N>);
      });
    };
    // These commands answer nothing but "done", which the mapped type of results cannot show for a variable name.
    this.registry.handle(name, handler as CommandHandler<N>);
  }

  /** Drafts are no facts: kept beside the timeline, so that a reload or a crash loses nothing that was typed. */
  private async saveDraft(
    actor: Actor,
    { callId, draft }: CommandPayload<'save-wrap-up-draft'>,
  ): Promise<Refusal | null> {
    const denied = denyUnless(actor, 'call.handle');
    if (denied) return denied;
    const live = this.live.get(callId);
    if (!live) return refuse('call.not-found', { callId });
    const handling = lastHandlingOfAgent(live.model, actor.personId);
    if (!handling) return refuse('call.not-yours');
    if (handling.answeredAt === null || handling.phase === 'closed') {
      return refuse('call.not-allowed-now', { phase: handling.phase });
    }
    const whole = this.whole(live.model, handling, draft);
    await this.records.saveDraft(handling.id, whole, new Date(this.clock.now()));
    live.drafts.set(handling.id, whole);
    return null;
  }

  /** The desk was shown a masked number: a form that sends it back means the number behind it. */
  private whole<R extends WrapUpDraft>(call: CallModel, handling: HandlingModel, record: R): R {
    const { customerNumber: typed } = record;
    if (typed === undefined) return record;
    const written = this.live.get(call.id)?.drafts.get(handling.id)?.customerNumber;
    return { ...record, customerNumber: restoredNumber(typed, [written, customerNumber(call)]) };
  }
}

/** The commands that carry a call. */
type OnCallPayloads = {
  [N in CommandName as CommandPayload<N> extends OnCall ? N : never]: CommandPayload<N>;
};
