import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CommandRegistry } from '../platform/realtime/command-registry.js';
import { CommandsElsewhere } from '../platform/realtime/commands-elsewhere.js';
import { CallOwners } from './call-owners.js';

/** A command about a call is carried out where the call is, whichever process the desk is connected to. */
@Injectable()
export class CallCommandsElsewhere implements OnModuleInit {
  constructor(
    private readonly registry: CommandRegistry,
    private readonly elsewhere: CommandsElsewhere,
    private readonly owners: CallOwners,
  ) {}

  onModuleInit(): void {
    this.registry.sendBy(async (name, payload, connection) => {
      const process = await this.processFor(name, payload);
      if (process === undefined) return undefined;
      return { answer: await this.elsewhere.send(process, name, payload, connection) };
    });
  }

  private async processFor(name: string, payload: unknown): Promise<string | undefined> {
    // The new call lives with the node that will carry it.
    if (name === 'dial-number') return this.owners.anyOwner();
    if (typeof payload !== 'object' || payload === null || !('callId' in payload)) return undefined;
    const place = await this.owners.placeOf(String(payload.callId));
    return place.at === 'elsewhere' ? place.process : undefined;
  }
}
