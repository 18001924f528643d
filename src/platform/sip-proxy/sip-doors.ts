import { Injectable } from '@nestjs/common';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';

/** What a softphone shows when it wants its signalling connection. */
export interface SipKnock {
  cookieHeader: string | undefined;
  /** `?guest=…` */
  guestToken: string | undefined;
}

/** Permission to hold a signalling connection. */
export interface SipPass {
  /** Whose it is: connections are counted, and closed, by it. */
  holder: string;
  /** Speaks with a node itself, also where agents register at an edge. */
  atNode?: boolean;
  /** Asked from time to time while the connection is open. */
  stillValid(): Promise<boolean>;
  opened?(): void;
  closed?(): void;
}

/** Knows one kind of holder; undefined: not of my kind. */
export type SipDoor = (knock: SipKnock) => Promise<SipPass | Refusal | undefined>;

/** Who may speak SIP through us: features that know the holders add their doors at `onModuleInit`. */
@Injectable()
export class SipDoors {
  private readonly doors: SipDoor[] = [];

  add(door: SipDoor): void {
    this.doors.push(door);
  }

  /** The pass of the first door that knows the holder. */
  async admit(knock: SipKnock): Promise<SipPass | Refusal> {
    let refused: Refusal | undefined;
    for (const door of this.doors) {
      const answer = await door(knock);
      if (answer && !isRefusal(answer)) return answer;
      refused ??= answer;
    }
    return refused ?? refuse('session.none');
  }
}
