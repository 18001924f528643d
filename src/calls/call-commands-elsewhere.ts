import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Lanes } from '../kernel/lanes.js';
import { CommandRegistry } from '../platform/realtime/command-registry.js';
import { CommandsElsewhere } from '../platform/realtime/commands-elsewhere.js';
import { CallOwners } from './call-owners.js';

/** A command about a call is carried out where the call is, whichever process the desk is connected to. */
@Injectable()
export class CallCommandsElsewhere implements OnModuleInit {
  /** By tab: what was pressed later is not sent, or carried out here, earlier because its call was found sooner. */
  private readonly lanes = new Lanes();

  constructor(
    private readonly registry: CommandRegistry,
    private readonly elsewhere: CommandsElsewhere,
    private readonly owners: CallOwners,
  ) {}

  onModuleInit(): void {
    this.registry.sendBy(async (name, payload, connection) => {
      const sent = await this.lanes.run(connection.socketId, async () => {
        const process = await this.processFor(name, payload);
        // Its answer is awaited outside of the lane: the next one is sent meanwhile.
        return process === undefined
          ? undefined
          : { answer: this.elsewhere.send(process, name, payload, connection) };
      });
      return sent && { answer: await sent.answer };
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
