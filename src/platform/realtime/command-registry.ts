import { Injectable } from '@nestjs/common';
import {
  type CommandName,
  type CommandPayload,
  type CommandResult,
  commandSchemas,
} from '../../contracts/socket.js';
import type { Actor } from '../../kernel/actor.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { malformed } from '../http/parse.js';
import type { Connection } from './connection.js';

/** Carries out one command. Its service checks the permission; the payload was parsed by the command's schema. */
export type CommandHandler<N extends CommandName> = (
  actor: Actor,
  payload: CommandPayload<N>,
  connection: Connection,
) => Promise<CommandResult<N> | Refusal>;

/** Has a command carried out by another process where that must be; undefined: it belongs here. */
export type CommandSender = <N extends CommandName>(
  name: N,
  payload: CommandPayload<N>,
  connection: Connection,
) => Promise<{ answer: CommandResult<N> | Refusal } | undefined>;

type Handlers = { [N in CommandName]?: CommandHandler<N> };

/** Which feature carries out which socket command: features register at `onModuleInit`. */
@Injectable()
export class CommandRegistry {
  private readonly handlers: Handlers = {};
  private sender: CommandSender | undefined;

  handle<N extends CommandName>(name: N, handler: CommandHandler<N>): void {
    if (this.handlers[name]) throw new Error(`commands: ${name} has a handler already`);
    (this.handlers as Record<N, CommandHandler<N>>)[name] = handler;
  }

  /** Asked before each command. */
  sendBy(sender: CommandSender): void {
    if (this.sender) throw new Error('commands: they are sent by somebody already');
    this.sender = sender;
  }

  /** Parses and carries out whatever a client sent. Throws only on bugs and on errors that `Faults` knows. */
  async carryOut(name: string, input: unknown, connection: Connection): Promise<unknown | Refusal> {
    return this.parse(name, input, connection, this.sender);
  }

  /** The same for what another process sent: it is not sent on. */
  async carryOutHere(name: string, input: unknown, connection: Connection): Promise<unknown | Refusal> {
    return this.parse(name, input, connection, undefined);
  }

  private async parse(
    name: string,
    input: unknown,
    connection: Connection,
    sender: CommandSender | undefined,
  ): Promise<unknown | Refusal> {
    if (!isCommand(name))
      return refuse('request.malformed', { issues: [{ path: '', code: 'unknown_command' }] });
    return this.run(name, input, connection, sender);
  }

  private async run<N extends CommandName>(
    name: N,
    input: unknown,
    connection: Connection,
    sender: CommandSender | undefined,
  ): Promise<CommandResult<N> | Refusal> {
    const payload = commandSchemas[name].safeParse(input);
    if (!payload.success) return malformed(payload.error);
    const sent = await sender?.(name, payload.data as CommandPayload<N>, connection);
    if (sent) return sent.answer;
    const handler: CommandHandler<N> | undefined = this.handlers[name];
    if (!handler) throw new Error(`commands: nobody carries out ${name}`);
    const result = await handler(connection.actor, payload.data as CommandPayload<N>, connection);
    return isRefusal(result) ? result : (result ?? (null as CommandResult<N>));
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandSchemas, name);
}
