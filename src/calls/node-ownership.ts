import { Injectable, Logger } from '@nestjs/common';
import { Beat } from '../kernel/beat.js';
import { Clock } from '../kernel/clock.js';
import { Lanes } from '../kernel/lanes.js';
import { Leases } from '../platform/leases/leases.js';
import { TelephonyEngine } from '../telephony/port/engine.js';

/** What a process does with a node. One node's calls come one after the other. */
export interface NodeKeeper {
  /** The node is this process's: take up what is on it. Throws when that cannot be done now; it is given back then. */
  takeUp(node: string): Promise<void>;
  /** The node is another's, or will be: let go of everything on it. */
  letGo(node: string): Promise<void>;
}

export const nodeLease = (node: string): string => `node:${node}`;
const leaseMs = 4_000;
const renewEveryMs = 1_000;
/** Held by a process that came when all nodes were taken: whoever has more than one gives it one. */
const wantedLease = 'nodes:wanted';
/** A node that was given away is left to the other for so many looks. */
const leftForLooks = 3;

/** Which nodes this process owns: holds their leases, takes those that nobody holds, lets go of those that moved. */
@Injectable()
export class NodeOwnership {
  private readonly logger = new Logger(NodeOwnership.name);
  private readonly lanes = new Lanes();
  private readonly mine = new Set<string>();
  private retired: readonly string[] = [];
  /** How many looks in a row nobody held the node. */
  private readonly free = new Map<string, number>();
  private readonly beat: Beat;
  private keeper: NodeKeeper | undefined;

  constructor(
    private readonly engine: TelephonyEngine,
    private readonly leases: Leases,
    clock: Clock,
  ) {
    // When Redis is away nobody can take a node from us: everything stays as it is.
    this.beat = new Beat(
      clock,
      renewEveryMs,
      () => this.look(),
      (error) => this.logger.warn({ msg: 'leases of nodes could not be looked after', err: error }),
    );
  }

  /** Takes what is free; resolves when it was taken up. */
  async start(keeper: NodeKeeper): Promise<void> {
    this.keeper = keeper;
    await this.beat.now();
    await this.lanes.idle();
    this.beat.start();
  }

  /** Lets go of every node and gives it back. */
  async stop(): Promise<void> {
    await this.beat.stop();
    for (const node of [...this.mine]) this.lose(node);
    await this.lanes.idle();
  }

  /**
   * Nodes that the house has no more and that something is left to do for: taken like others from the next look on, and let
   * go when they are not among these any more.
   */
  lookAfterRetired(nodes: readonly string[]): void {
    this.retired = nodes;
  }

  has(node: string): boolean {
    return this.mine.has(node);
  }

  /** The nodes of this process. */
  owned(): readonly string[] {
    return [...this.mine];
  }

  /** The process that owns the node; undefined: nobody at this moment. */
  ownerOf(node: string): Promise<string | undefined> {
    return this.leases.holderOf(nodeLease(node));
  }

  private async look(): Promise<void> {
    const nodes = [...this.engine.nodes, ...this.retired];
    for (const node of nodes) {
      if (!this.mine.has(node)) await this.takeIfFree(node);
      else if (!(await this.leases.take(nodeLease(node), leaseMs))) this.lose(node);
    }
    for (const node of this.owned()) if (!nodes.includes(node)) this.lose(node);
    const driven = this.driven();
    if (driven.length === 0) await this.leases.take(wantedLease, 2 * renewEveryMs);
    else if (driven.length > 1) await this.giveWay(driven);
  }

  /** Those of this process' nodes that calls come to. */
  private driven(): string[] {
    return this.engine.nodes.filter((node) => this.mine.has(node));
  }

  /** As after a restart one after the other, when the last one standing has them all. */
  private async giveWay(driven: readonly string[]): Promise<void> {
    const node = driven.at(-1);
    if (node === undefined || !(await this.leases.holderOf(wantedLease))) return;
    this.free.set(node, -leftForLooks);
    this.lose(node);
  }

  /** The more nodes it has, the longer a process leaves a free one to others. */
  private async takeIfFree(node: string): Promise<void> {
    if (await this.ownerOf(node)) {
      this.free.delete(node);
      return;
    }
    const looks = this.free.get(node) ?? 0;
    this.free.set(node, looks + 1);
    if (looks < this.driven().length || !(await this.leases.take(nodeLease(node), leaseMs))) return;
    this.free.delete(node);
    this.mine.add(node);
    if (this.engine.nodes.includes(node)) await this.leases.giveBack(wantedLease);
    this.inTurn(node, async () => this.keeper?.takeUp(node));
  }

  private lose(node: string): void {
    this.mine.delete(node);
    this.inTurn(node, async () => {
      await this.keeper?.letGo(node);
      await this.leases.giveBack(nodeLease(node));
    });
  }

  private inTurn(node: string, work: () => Promise<void>): void {
    this.lanes.run(node, work).catch((error: unknown) => {
      this.logger.error({ msg: 'a node could not be taken up or let go', node, err: error });
      if (this.mine.has(node)) this.lose(node);
    });
  }
}
