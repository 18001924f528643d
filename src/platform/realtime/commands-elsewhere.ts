import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { roleSchema } from '../../contracts/identity.js';
import { type RefusalCode, refusalCodes, refusalSchema } from '../../contracts/refusal.js';
import type { CommandName, CommandPayload, CommandResult } from '../../contracts/socket.js';
import type { Actor } from '../../kernel/actor.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { Faults } from '../http/faults.js';
import { Peers } from '../peers/peers.js';
import type { Question } from '../peers/question.js';
import { CommandRegistry } from './command-registry.js';
import type { Connection } from './connection.js';
import { Realtime } from './realtime.js';

const actorSchema = z.object({
  personId: z.string(),
  sessionId: z.string(),
  role: roleSchema,
  login: z.string(),
  name: z.string(),
  agentNumber: z.string().nullable(),
  finishing: z.boolean().optional(),
  dismissed: z.boolean().optional(),
}) satisfies z.ZodType<Actor>;
const commandQuestion = {
  name: 'carry-out-command',
  asked: z.object({ name: z.string(), payload: z.unknown(), actor: actorSchema, socketId: z.string() }),
  answer: z.union([z.object({ result: z.unknown() }), z.object({ refusal: refusalSchema })]),
} satisfies Question<unknown, unknown>;
type Wire = z.output<typeof commandQuestion.asked>;

/** Carries out commands for sockets of other processes, and has them carried out there. */
@Injectable()
export class CommandsElsewhere implements OnModuleInit {
  constructor(
    private readonly peers: Peers,
    private readonly registry: CommandRegistry,
    private readonly faults: Faults,
    private readonly realtime: Realtime,
  ) {}

  onModuleInit(): void {
    this.peers.answer(commandQuestion, (asked) => this.carryOutFor(asked));
  }

  /** Has the command carried out at that process. Throws `PeerAway`. */
  async send<N extends CommandName>(
    process: string,
    name: N,
    payload: CommandPayload<N>,
    { actor, socketId }: Connection,
  ): Promise<CommandResult<N> | Refusal> {
    const answer = await this.peers.ask(process, commandQuestion, { name, payload, actor, socketId });
    if ('result' in answer) return answer.result as CommandResult<N>;
    const { code, details } = answer.refusal;
    return refuse(isCode(code) ? code : 'service.unavailable', details);
  }

  private async carryOutFor({ name, payload, actor, socketId }: Wire) {
    try {
      const result = await this.registry.carryOutHere(name, payload, this.tabOf(actor, socketId));
      if (!isRefusal(result)) return { result };
      return { refusal: { code: result.code, details: { ...result.details } } };
    } catch (error) {
      return { refusal: this.faults.answer(error, `command ${name} of another process`).body };
    }
  }

  /** The tab as far as commands about calls need it. */
  private tabOf(actor: Actor, socketId: string): Connection {
    const notHere = async () => {
      throw new Error('a tab of another process joins no room here');
    };
    return {
      socketId,
      actor,
      emit: (event, payload) => this.realtime.toRoom(socketId, event, payload),
      join: notHere,
      leave: notHere,
    };
  }
}

function isCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusalCodes, code);
}
