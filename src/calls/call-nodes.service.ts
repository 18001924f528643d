import { Injectable, Logger } from '@nestjs/common';
import { Beat } from '../kernel/beat.js';
import { type Cancel, Clock } from '../kernel/clock.js';
import { Leases } from '../platform/leases/leases.js';
import { TelephonyEngine } from '../telephony/port/engine.js';
import type { EngineEvent } from '../telephony/port/engine-event.js';
import { CallControl } from './call-control.service.js';
import { CallReconciliation } from './call-reconciliation.js';
import { CallRecords } from './call-records.js';
import { NodeFences } from './node-fences.js';
import { type NodeKeeper, NodeOwnership } from './node-ownership.js';

type Connected = Extract<EngineEvent, { kind: 'engine.connected' }>;

/** A node that was not heard of for so long is dead, and its calls with it. */
export const nodePatienceMs = 15_000;
const lookForRetiredEveryMs = 30_000;

/** The calls of the nodes that this process owns: taken up with the node, watched, ended when it died, let go with it. */
@Injectable()
export class CallNodes implements NodeKeeper {
  private readonly logger = new Logger(CallNodes.name);
  private readonly patience = new Map<string, Cancel>();
  private readonly retiring: Beat;

  constructor(
    private readonly engine: TelephonyEngine,
    private readonly ownership: NodeOwnership,
    private readonly fences: NodeFences,
    private readonly reconciliation: CallReconciliation,
    private readonly control: CallControl,
    private readonly leases: Leases,
    private readonly records: CallRecords,
    private readonly clock: Clock,
  ) {
    this.retiring = new Beat(
      clock,
      lookForRetiredEveryMs,
      () => this.lookForRetired(),
      (error) => this.logger.warn({ msg: 'nodes that are gone could not be looked for', err: error }),
    );
  }

  async start(): Promise<void> {
    await this.retiring.now();
    await this.ownership.start(this);
    this.retiring.start();
  }

  async stop(): Promise<void> {
    await this.retiring.stop();
    await this.ownership.stop();
    await this.control.idle();
  }

  async takeUp(node: string): Promise<void> {
    // Only after this is what an earlier owner wrote all that it will ever write.
    await this.fences.raise(node, this.leases.holder);
    await this.reconciliation.adopt(node);
    if (this.isRetired(node)) return this.retire(node);
    // They wait again as soon as the node is there.
    await this.reconciliation.leaveQueues(node);
    this.loseAfterPatience(node);
    await this.engine.start(node);
  }

  async letGo(node: string): Promise<void> {
    this.patience.get(node)?.();
    this.patience.delete(node);
    if (!this.isRetired(node)) await this.engine.stop(node);
    await this.control.letGo(node);
    this.fences.forget(node);
  }

  /** The node is there (again): its calls are made to agree with it. */
  async connected(event: Connected, node: string): Promise<void> {
    this.patience.get(node)?.();
    this.patience.delete(node);
    await this.reconciliation.reconcile(event, node);
  }

  /** Nothing can be asked of the node now: not connected yet, or not any more. */
  isAway(node: string): boolean {
    return this.patience.has(node) || !this.ownership.has(node);
  }

  /** The link to the node broke; it may come back. */
  async disconnected(node: string): Promise<void> {
    if (!this.ownership.has(node)) return;
    this.logger.warn({ msg: 'the telephony engine is not connected', node });
    this.loseAfterPatience(node);
    await this.reconciliation.leaveQueues(node);
  }

  /** Named in the settings once, and not any more: whatever is left of its calls is nobody else's. */
  private isRetired(node: string): boolean {
    return !this.engine.nodes.includes(node);
  }

  private async lookForRetired(): Promise<void> {
    const nodes = await this.records.unsettledNodes();
    this.ownership.lookAfterRetired(nodes.filter((node) => this.isRetired(node)));
  }

  private async retire(node: string): Promise<void> {
    this.logger.warn({ msg: 'the house has a node no more: its calls are ended', node });
    await this.reconciliation.retire(node, this.clock.now());
  }

  private loseAfterPatience(node: string): void {
    this.patience.get(node)?.();
    const cancel = this.clock.at(this.clock.now() + nodePatienceMs, () => {
      this.logger.error({ msg: 'a node of the telephony engine is lost with its calls', node });
      this.reconciliation.endAll(node, this.clock.now()).catch((error: unknown) => {
        this.logger.error({ msg: 'calls of a lost node stay open for now', node, err: error });
        // What was ended stays so; the rest is ended when the database is back.
        if (this.patience.has(node)) this.loseAfterPatience(node);
      });
    });
    this.patience.set(node, cancel);
  }
}
