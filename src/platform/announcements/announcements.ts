import { Injectable, Logger } from '@nestjs/common';
import type { Presence } from '../../contracts/presence.js';
import type { RefusalCode } from '../../contracts/refusal.js';
import type { TimelineEvent } from '../../contracts/timeline.js';
import type { Standing } from '../../kernel/actor.js';

/** What is told within the process, each after the commit that made it true. */
export interface AnnouncementData {
  'call.advanced': { callId: string; facts: readonly TimelineEvent[] };
  'presence.changed': { presence: Presence };
  /** Signed out, expired, or withdrawn with its person's rights: told by the process that closed it, with what the pages say. */
  'session.closed': { sessionId: string; personId: string; why: RefusalCode };
  /** A session was closed, here or elsewhere: told by every process. */
  'session.gone': { sessionId: string };
  /** What holds of a person is not what it was; null: nothing any more, their sessions end. Told by every process. */
  'rights.changed': { personId: string; standing: Standing | null };
  'evaluation.submitted': { evaluationId: string; agentId: string };
  /** Somebody kept guessing at an account of the telephony and was shut out. */
  'edge.attacked': { at: number; address: string; account: string; failures: number };
}
export type AnnouncementKind = keyof AnnouncementData;
export type Announcement = {
  [K in AnnouncementKind]: { kind: K } & AnnouncementData[K];
}[AnnouncementKind];
export type AnnouncementOf<K extends AnnouncementKind> = { kind: K } & AnnouncementData[K];

type Listener<K extends AnnouncementKind> = (announcement: AnnouncementOf<K>) => void | Promise<void>;

/** Tells features of one process what has become true. Announce after the commit, never within the transaction. */
@Injectable()
export class Announcements {
  private readonly logger = new Logger(Announcements.name);
  private readonly listeners: { [K in AnnouncementKind]: Set<Listener<K>> } = {
    'call.advanced': new Set(),
    'presence.changed': new Set(),
    'session.closed': new Set(),
    'session.gone': new Set(),
    'rights.changed': new Set(),
    'evaluation.submitted': new Set(),
    'edge.attacked': new Set(),
  };

  /** Adds a listener; returns its removal. */
  on<K extends AnnouncementKind>(kind: K, listener: Listener<K>): () => void {
    this.listeners[kind].add(listener);
    return () => {
      this.listeners[kind].delete(listener);
    };
  }

  /** Calls the listeners in order, without waiting for their promises. One that fails is logged and stops nobody. */
  announce<K extends AnnouncementKind>(announcement: AnnouncementOf<K>): void {
    for (const listener of [...this.listeners[announcement.kind]]) void this.tell(listener, announcement);
  }

  private async tell<K extends AnnouncementKind>(
    listener: Listener<K>,
    announcement: AnnouncementOf<K>,
  ): Promise<void> {
    try {
      await listener(announcement);
    } catch (error) {
      this.logger.error({ msg: `a listener of ${announcement.kind} failed`, err: error });
    }
  }
}
