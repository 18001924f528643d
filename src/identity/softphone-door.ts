import { Injectable, type OnModuleInit } from '@nestjs/common';
import { denyUnless, may } from '../kernel/actor.js';
import { isRefusal } from '../kernel/refusal.js';
import { SipDoors } from '../platform/sip-proxy/sip-doors.js';
import { Sessions } from './sessions.js';

/** Lets the softphones of signed-in agents speak to the engine. */
@Injectable()
export class SoftphoneDoor implements OnModuleInit {
  constructor(
    private readonly doors: SipDoors,
    private readonly sessions: Sessions,
  ) {}

  onModuleInit(): void {
    this.doors.add(async ({ cookieHeader, guestToken }) => {
      // A signed-in agent may try the web phone in a second tab: the token decides then.
      if (guestToken !== undefined || !this.sessions.keyOf(cookieHeader)) return undefined;
      const actor = await this.sessions.admit(cookieHeader);
      if (isRefusal(actor)) return actor;
      const denied = denyUnless(actor, 'call.handle');
      if (denied) return denied;
      return {
        holder: `session:${actor.sessionId}`,
        personId: actor.personId,
        // A registered softphone counts as use: it would ring.
        stillValid: async () => {
          const now = (await this.sessions.review([actor.sessionId], [actor.sessionId])).get(actor.sessionId);
          return now !== undefined && may(now, 'call.handle');
        },
      };
    });
  }
}
