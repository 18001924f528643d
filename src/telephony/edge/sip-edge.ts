import { z } from 'zod';
import { type DeviceAccount, EngineUnavailable } from '../port/engine.js';

const answerWithinMs = 4_000;
const answerSchema = z
  .object({ result: z.unknown() })
  .or(z.object({ error: z.object({ code: z.number() }) }));

/** Where the edge that agents' softphones register at takes our word. */
export interface SipEdgeOptions {
  /** `http://host:port/RPC` of Kamailio's JSON-RPC. */
  rpcUrl: string;
}

/**
 * The edge before several nodes: it knows which agents are registered and on what connection, so that every node can
 * ring every agent. The nodes themselves know no agent.
 */
export class SipEdge {
  constructor(private readonly options: SipEdgeOptions) {}

  async provision({ deviceId, secret }: DeviceAccount): Promise<void> {
    await this.ask('htable.sets', ['account', deviceId, secret]);
  }

  /** Harmless when it knows neither the account nor a registration. */
  async revoke(deviceId: string): Promise<void> {
    await this.ask('htable.delete', ['account', deviceId]);
    await this.ask('ul.rm', ['location', deviceId]);
  }

  async reachable(deviceId: string): Promise<boolean> {
    return (await this.ask('ul.lookup', ['location', deviceId])) !== undefined;
  }

  /** The result; undefined when there is none of that name. */
  private async ask(method: string, params: readonly string[]): Promise<unknown> {
    const response = await fetch(this.options.rpcUrl, {
      method: 'POST',
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(answerWithinMs),
    }).catch((error: unknown) => {
      throw new EngineUnavailable(`the SIP edge: ${String(error)}`);
    });
    const answer = answerSchema.parse(await response.json());
    return 'error' in answer ? undefined : answer.result;
  }
}
