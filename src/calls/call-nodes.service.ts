import { Injectable, Logger } from '@nestjs/common';
import { type Cancel, Clock } from '../kernel/clock.js';
import { Leases } from '../platform/leases/leases.js';
import { TelephonyEngine } from '../telephony/port/engine.js';
import type { EngineEvent } from '../telephony/port/engine-event.js';
import { CallControl } from './call-control.service.js';
import { CallReconciliation } from './call-reconciliation.js';
import { NodeFences } from './node-fences.js';
import { type NodeKeeper, NodeOwnership } from './node-ownership.js';

type Connected = Extract<EngineEvent, { kind: 'engine.connected' }>;

/** A node that was not heard of for so long is dead, and its calls with it. */
export const nodePatienceMs = 15_000;

/** The calls of the nodes that this process owns: taken up with the node, watched, ended when it died, let go with it. */
@Injectable()
export class CallNodes implements NodeKeeper {
  private readonly logger = new Logger(CallNodes.name);
  private readonly patience = new Map<string, Cancel>();

  constructor(
    private readonly engine: TelephonyEngine,
    private readonly ownership: NodeOwnership,
    private readonly fences: NodeFences,
    private readonly reconciliation: CallReconciliation,
    private readonly control: CallControl,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  start(): Promise<void> {
    return this.ownership.start(this);
  }

  async stop(): Promise<void> {
    await this.ownership.stop();
    await this.control.idle();
  }

  async takeUp(node: string): Promise<void> {
    // Only after this is what an earlier owner wrote all that it will ever write.
    await this.fences.raise(node, this.leases.holder);
    await this.reconciliation.adopt(node);
    // They wait again as soon as the node is there.
    await this.reconciliation.leaveQueues(node);
    this.loseAfterPatience(node);
    await this.engine.start(node);
  }

  async letGo(node: string): Promise<void> {
    this.patience.get(node)?.();
    this.patience.delete(node);
    await this.engine.stop(node);
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
