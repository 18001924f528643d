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
  /** The person, where it is one with a sign-in. */
  personId?: string;
  /** Speaks with a node itself, also where agents register at an edge. */
  atNode?: boolean;
  /** Calls that its phones may have begun at once; none: the server dials for them. */
  callsAtOnce?: number;
  /** Asked from time to time while the connection is open. */
  stillValid(): Promise<boolean>;
  opened?(): void;
  closed?(): void;
}

/** Knows one kind of holder; undefined: not of my kind. */
export type SipDoor = (knock: SipKnock) => Promise<SipPass | Refusal | undefined>;

/** True when this account of the engine's was made for this holder. */
export type AccountOwner = (holder: string, account: string) => Promise<boolean>;

/** Asked before a holder is let in: how long it must still wait, in ms; 0: not at all. */
export type HolderWatch = (holder: string) => Promise<number>;

/** Who may speak SIP through us: features that know the holders add their doors at `onModuleInit`. */
@Injectable()
export class SipDoors {
  private readonly doors: SipDoor[] = [];
  private readonly owners: AccountOwner[] = [];
  private readonly watches: HolderWatch[] = [];

  add(door: SipDoor): void {
    this.doors.push(door);
  }

  /** Features that hand out accounts say here whose they are. */
  addOwner(owner: AccountOwner): void {
    this.owners.push(owner);
  }

  watch(watch: HolderWatch): void {
    this.watches.push(watch);
  }

  /** Whether the holder may speak under this account's name. */
  async owns(holder: string, account: string): Promise<boolean> {
    for (const owner of this.owners) if (await owner(holder, account)) return true;
    return false;
  }

  /** How long this holder is kept out, in ms; 0: it may come. */
  async waitOf(holder: string): Promise<number> {
    return Math.max(0, ...(await Promise.all(this.watches.map((watch) => watch(holder)))));
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
