import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AgentDirectory } from '../agents/agent-directory.js';
import { PresenceService } from '../agents/presence.service.js';
import type { CommandPayload } from '../contracts/socket.js';
import type { Target, TargetWish, TransferMode, TransferTargets } from '../contracts/transfer.js';
import { Dialling } from '../dialling/dialling.js';
import { PhoneBook } from '../dialling/phone-book.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { mayBeDone } from '../kernel/away.js';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.js';
import { CommandRegistry } from '../platform/realtime/command-registry.js';
import { QueuesService } from '../routing/queues.service.js';
import { Router } from '../routing/router.service.js';
import { CallControl } from './call-control.service.js';
import { lastHandlingOfAgent } from './domain/call-model.js';
import { because } from './domain/decision.js';
import { whenHere } from './domain/desk.js';
import { requestTransfer } from './domain/transfer-commands.js';

type Wish = CommandPayload<'transfer-call'>;

/** Who can be asked to take a customer over, and the asking: finds the target, reserves it, and lets the call decide. */
@Injectable()
export class CallTransfers implements OnModuleInit {
  constructor(
    private readonly registry: CommandRegistry,
    private readonly control: CallControl,
    private readonly agents: AgentDirectory,
    private readonly presence: PresenceService,
    private readonly queues: QueuesService,
    private readonly router: Router,
    private readonly dialling: Dialling,
    private readonly book: PhoneBook,
  ) {}

  onModuleInit(): void {
    this.registry.handle('transfer-call', (actor, wish) => this.request(actor, wish, 'consult'));
    this.registry.handle('invite-to-call', (actor, wish) => this.request(actor, wish, 'join'));
  }

  /** Everybody a customer may be put through to, with who is free. */
  async targets(actor: Actor): Promise<TransferTargets | Refusal> {
    const denied = denyUnless(actor, 'call.handle');
    if (denied) return denied;
    const [presences, queues, members, departments] = await Promise.all([
      this.presence.all(),
      this.queues.all(),
      this.queues.members(),
      this.book.entries(),
    ]);
    const free = new Set(presences.filter((each) => each.state === 'ready' && each.deviceReady).map(idOf));
    const waiting = await Promise.all(queues.map(({ id }) => this.router.waiting(id)));
    return {
      agents: presences
        .filter(({ agentId }) => agentId !== actor.personId)
        .map(({ agentId, agentNumber, name, state }) => ({
          id: agentId,
          number: agentNumber,
          name,
          state,
          free: free.has(agentId),
        })),
      queues: queues.map(({ id, name }, index) => ({
        id,
        name,
        agentsReady: (members.get(id) ?? []).filter((agentId) => free.has(agentId)).length,
        waiting: waiting[index]?.length ?? 0,
      })),
      departments,
    };
  }

  /** Clause 26.6. What hinders is told before anybody's phone rings; a reserved target that is not rung is let go. */
  private async request(actor: Actor, wish: Wish, mode: TransferMode): Promise<Refusal | null> {
    const denied = denyUnless(actor, 'call.handle');
    if (denied) return denied;
    const target = await this.find(actor, wish.target, wish.consent);
    if (isRefusal(target)) return target;
    const reserved = await this.reserve(wish, target);
    if (isRefusal(reserved)) return reserved;
    const { callId, reason, consent, matter } = wish;
    let rung = false;
    try {
      return await this.control.decide(callId, (call, policy, now) => {
        const handling = lastHandlingOfAgent(call, actor.personId);
        if (!handling) return because(refuse('call.not-yours'));
        const desk = { call, handling, policy, now };
        const asked = { mode, target, reason, consent, matter, ...(reserved ? { reserved } : {}) };
        const decision = whenHere(desk, () => requestTransfer(desk, asked));
        rung = decision.facts.some(({ fact }) => fact.kind === 'ring.offered');
        return decision;
      });
    } catch (error) {
      if (!mayBeDone(error)) rung = false;
      throw error;
    } finally {
      if (reserved && !rung) await this.presence.released(target.id ?? '', callId, reserved.handlingId);
    }
  }

  /** The target as it goes on record. Numbers pass the dialling rules, whoever gave them. */
  private async find(actor: Actor, wish: TargetWish, consent: boolean): Promise<Target | Refusal> {
    switch (wish.kind) {
      case 'agent': {
        if (wish.agentId === actor.personId) return refuse('transfer.to-oneself');
        const agent = await this.agents.byId(wish.agentId);
        if (!agent) return refuse('transfer.target-unknown');
        return { kind: 'agent', id: agent.id, name: agent.name, number: agent.number };
      }
      case 'queue': {
        const queue = (await this.queues.all()).find(({ id }) => id === wish.queueId);
        if (!queue) return refuse('transfer.target-unknown');
        const members = (await this.queues.members()).get(queue.id) ?? [];
        if (members.every((agentId) => agentId === actor.personId)) {
          return refuse('transfer.queue-without-members', { queue: queue.name });
        }
        return { kind: 'queue', id: queue.id, name: queue.name, number: null };
      }
      case 'department': {
        const entry = await this.book.entry(wish.entryId);
        if (!entry) return refuse('transfer.target-unknown');
        const named = { kind: 'department', id: entry.id, name: entry.zh } as const;
        // Only what is going to be dialled is counted.
        if (!consent) return { ...named, number: entry.number };
        const dialled = await this.dialling.resolveEntry(actor, entry.number);
        return isRefusal(dialled) ? dialled : { ...named, number: dialled.number };
      }
      case 'number': {
        const dialled = await this.dialling.resolve(actor, wish.number);
        if (isRefusal(dialled)) return dialled;
        return { kind: 'number', id: null, name: '', number: dialled.number };
      }
    }
  }

  /** An agent is asked only when ready: taken for this call until the ring ends. */
  private async reserve(
    { callId, consent }: Wish,
    target: Target,
  ): Promise<{ handlingId: string } | Refusal | null> {
    if (target.kind !== 'agent' || target.id === null || !consent) return null;
    const handlingId = randomUUID();
    const taken = await this.presence.reserve(target.id, callId, handlingId);
    if (taken) return { handlingId };
    const { state, callId: elsewhere } = await this.presence.get(target.id);
    return elsewhere === callId
      ? refuse('transfer.already-in-call')
      : refuse('transfer.target-not-ready', { agent: target.number, state });
  }
}

const idOf = ({ agentId }: { agentId: string }): string => agentId;
