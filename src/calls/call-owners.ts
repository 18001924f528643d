import { Injectable } from '@nestjs/common';
import { Leases } from '../platform/leases/leases.js';
import { Peers } from '../platform/peers/peers.js';
import { PeerAway, type Question } from '../platform/peers/question.js';
import { TelephonyEngine } from '../telephony/port/engine.js';
import { CallRecords } from './call-records.js';
import { LiveCalls } from './live-calls.js';
import { NodeOwnership } from './node-ownership.js';

/** Where a call is: in this process, in another, or in none (unknown or settled). */
export type CallPlace = { at: 'here' } | { at: 'none' } | { at: 'elsewhere'; process: string };

/** Finds the process that has a call in hand, and asks it. */
@Injectable()
export class CallOwners {
  constructor(
    private readonly live: LiveCalls,
    private readonly records: CallRecords,
    private readonly ownership: NodeOwnership,
    private readonly leases: Leases,
    private readonly peers: Peers,
    private readonly engine: TelephonyEngine,
  ) {}

  /** Throws `PeerAway` while nobody has the call in hand: its owner died, or has not taken it up yet. */
  async placeOf(callId: string): Promise<CallPlace> {
    if (this.live.get(callId)) return { at: 'here' };
    const node = await this.records.unsettledOn(callId);
    if (node === undefined) return { at: 'none' };
    const process = await this.ownership.ownerOf(node);
    // It may have come here, or have ended, while we looked.
    if (this.live.get(callId)) return { at: 'here' };
    if (process === undefined || process === this.leases.holder)
      throw new PeerAway(`call ${callId} of node ${node} is being taken up`, true);
    return { at: 'elsewhere', process };
  }

  /** Asks the other processes that own nodes. Those that cannot answer now are left out. */
  async askOthers<A, R>(question: Question<A, R>, data: A): Promise<R[]> {
    const owners = await Promise.all(this.engine.nodes.map((node) => this.ownership.ownerOf(node)));
    const others = new Set(owners.filter((owner) => owner !== undefined && owner !== this.leases.holder));
    const answers = await Promise.all(
      [...others].map((process) => this.peers.ask(process ?? '', question, data).catch(unlessAway)),
    );
    return answers.flatMap((answer) => (answer === undefined ? [] : [answer]));
  }

  /** A process that can take up a call which is on no node yet; undefined: this one, or none. */
  async anyOwner(): Promise<string | undefined> {
    if (this.ownership.owned().length > 0) return undefined;
    for (const node of this.engine.nodes) {
      const process = await this.ownership.ownerOf(node);
      if (process !== undefined) return process;
    }
    return undefined;
  }
}

function unlessAway(error: unknown): undefined {
  if (!(error instanceof PeerAway)) throw error;
  return undefined;
}
