import type { CallDetail, CallSummary, Page } from '../../src/contracts/call.js';
import type { ApiClient } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';

/** The record of calls, as the supervisor reads it. */
export class CallBook {
  private constructor(
    private readonly api: ApiClient,
    readonly cookie: string,
  ) {}

  static async open(api: ApiClient): Promise<CallBook> {
    return new CallBook(api, await api.signIn('supervisor'));
  }

  /** The record of the last call from this number. */
  async record(fromNumber: string): Promise<CallDetail> {
    const [summary] = await this.calls(`fromNumber=${fromNumber}`);
    if (!summary) throw new Error(`no call from ${fromNumber} on record`);
    return this.recordOf(summary.id);
  }

  async calls(query = ''): Promise<CallSummary[]> {
    const { status, body } = await this.api.read(`/api/calls?limit=500&${query}`, { cookie: this.cookie });
    if (status !== 200) throw new Error(`calls?${query}: ${status} ${JSON.stringify(body)}`);
    return (body as Page<CallSummary>).items;
  }

  /** The record of a call by its id. */
  async recordOf(callId: string): Promise<CallDetail> {
    const { body } = await this.api.read(`/api/calls/${callId}`, { cookie: this.cookie });
    return body as CallDetail;
  }

  /** The record once the call has the outcome that a test expects. */
  async recordWith(fromNumber: string, outcome: CallSummary['outcome']): Promise<CallDetail> {
    return eventually(
      async () => {
        const record = await this.record(fromNumber);
        if (record.outcome !== outcome) throw new Error(`${record.outcome}: ${kinds(record).join(' ')}`);
        return record;
      },
      { withinMs: 10_000, what: `the call from ${fromNumber} is ${outcome}` },
    );
  }
}

/** The kinds of a record's facts, without the coming and going of voices. */
export function kinds(record: CallDetail): string[] {
  return record.timeline.map(({ kind }) => kind).filter((kind) => !kind.startsWith('speech.'));
}

/** What the standard says of an agent's last part in a call: `pass transfer.answered-first`. */
export function verdict({ handlings }: CallDetail, agentNumber: string, clause: string, part = ''): string {
  const verdicts = handlings.findLast((handling) => handling.agentNumber === agentNumber)?.verdicts;
  const found = verdicts?.find((one) => one.clause === clause && one.part === part);
  return found ? `${found.outcome} ${found.finding}` : 'no verdict';
}
