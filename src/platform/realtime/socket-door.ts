import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Bucket } from '../../kernel/bucket.js';
import { Clock } from '../../kernel/clock.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { Turnstiles } from '../../kernel/turnstile.js';
import { Config } from '../config/config.js';
import { addressBlock } from '../http/address-block.js';
import { clientAddress, type Trust } from '../http/client-address.js';
import { Doorkeeper } from '../http/doorkeeper.js';
import type { ClientSocket } from './connection.js';

/** Connections that one session may begin each second, once it has begun as many as it may have open. */
const connectsPerSecond = 1;

interface Tabs {
  open: number;
  readonly connects: Bucket;
}

/**
 * Lets tabs in. What costs nothing is looked at first: is the cookie one of ours at all, how many tabs does its session
 * have open, how quickly do they come. Only then is the session looked up, for a few of each address at a time.
 *
 * Beyond the bound the newest tab is refused and not the oldest closed: a call is on a tab that has long been open, and
 * nobody is to push it out by opening others.
 */
@Injectable()
export class SocketDoor {
  private readonly bySession = new Map<string, Tabs>();
  private readonly byPerson = new Map<string, number>();
  private readonly byAddress: Turnstiles;
  private trusts: Trust = () => false;

  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    const { connectsAtOnce, connectsWaiting } = config.sockets;
    this.byAddress = new Turnstiles(connectsAtOnce, connectsWaiting);
  }

  /** Says which proxies are believed about who asks. */
  believe(trusts: Trust): void {
    this.trusts = trusts;
  }

  /** Who connects, or why not. Whatever comes of it is counted until the socket is gone. */
  async admit(socket: ClientSocket): Promise<Actor | Refusal> {
    const { cookie } = socket.handshake.headers;
    const key = this.doorkeeper.keyOf(cookie);
    if (key === undefined) return refuse('session.none');
    const refused = this.takePlace(key);
    if (refused) return refused;
    const leave = this.onceGone(socket, () => this.leaveSession(key));
    const address = clientAddress(socket.request, this.trusts);
    const actor = await this.lookUp(address, cookie);
    if (isRefusal(actor)) {
      leave();
      return actor;
    }
    const ofPerson = this.byPerson.get(actor.personId) ?? 0;
    if (ofPerson >= this.config.sockets.tabsPerPerson) {
      leave();
      return refuse('session.too-many-tabs', { most: this.config.sockets.tabsPerPerson });
    }
    this.byPerson.set(actor.personId, ofPerson + 1);
    this.onceGone(socket, () => this.leavePerson(actor.personId));
    return actor;
  }

  /** Who acts in each of these sessions that is still open; those that were used slide on. */
  review(sessionIds: readonly string[], used: readonly string[]): Promise<Map<string, Actor>> {
    return this.doorkeeper.review(sessionIds, used);
  }

  private takePlace(key: string): Refusal | undefined {
    const { tabsPerSession } = this.config.sockets;
    const now = this.clock.now();
    const tabs = this.bySession.get(key) ?? {
      open: 0,
      connects: new Bucket(connectsPerSecond, tabsPerSession),
    };
    if (tabs.open >= tabsPerSession) return refuse('session.too-many-tabs', { most: tabsPerSession });
    if (!tabs.connects.take(now)) return refuse('request.too-many', { retryAfterSeconds: 5 });
    tabs.open += 1;
    this.bySession.set(key, tabs);
    return undefined;
  }

  private async lookUp(address: string, cookie: string | undefined): Promise<Actor | Refusal> {
    const actor = await this.byAddress.pass(addressBlock(address), () => this.doorkeeper.admit(cookie));
    return actor ?? refuse('request.too-many', { retryAfterSeconds: 5 });
  }

  /** A session that connects in haste is remembered until its haste is forgiven. */
  private leaveSession(key: string): void {
    const tabs = this.bySession.get(key);
    if (!tabs) return;
    tabs.open -= 1;
    this.forgetQuiet(key, tabs);
  }

  private forgetQuiet(key: string, tabs: Tabs): void {
    if (tabs.open > 0 || this.bySession.get(key) !== tabs) return;
    const now = this.clock.now();
    if (tabs.connects.isFull(now)) this.bySession.delete(key);
    else this.clock.at(now + 60_000, () => this.forgetQuiet(key, tabs));
  }

  private leavePerson(personId: string): void {
    const open = (this.byPerson.get(personId) ?? 0) - 1;
    if (open > 0) this.byPerson.set(personId, open);
    else this.byPerson.delete(personId);
  }

  /** Runs once: when the tab leaves, or its line closes before it was let in; or when it is called. */
  private onceGone(socket: ClientSocket, action: () => void): () => void {
    let done = false;
    const once = () => {
      if (!done) action();
      done = true;
    };
    socket.once('disconnect', once);
    socket.conn.once('close', once);
    if (socket.conn.readyState !== 'open') once();
    return once;
  }
}
