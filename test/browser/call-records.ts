import type { CallDetail, CallSummary, Page } from '../../src/contracts/call.js';
import type { Recording } from '../../src/contracts/recording.js';
import type { ApiClient } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';

/** What a house has on record of its calls, as its supervisor sees it. */
export class CallRecords {
  private cookie = '';

  constructor(private readonly api: ApiClient) {}

  /** The newest call on record. */
  async lastCall(): Promise<CallDetail> {
    const cookie = await this.supervisor();
    const { body } = await this.api.read('/api/calls?limit=1', { cookie });
    const [summary] = (body as Page<CallSummary>).items;
    if (!summary) throw new Error('no call is on record');
    return (await this.api.read(`/api/calls/${summary.id}`, { cookie })).body as CallDetail;
  }

  /** The recording of the newest call, once it is stored. */
  async storedRecording(): Promise<Recording> {
    const { id } = await eventually(
      async () => (await this.lastCall()).recordings.find(({ state }) => state === 'stored'),
      { withinMs: 30_000, everyMs: 250, what: 'the recording is stored' },
    );
    const { body } = await this.api.read(`/api/recordings/${id}`, { cookie: await this.supervisor() });
    return body as Recording;
  }

  async audioOf(recordingId: string): Promise<Buffer> {
    const response = await fetch(`${this.api.url}/api/recordings/${recordingId}/audio`, {
      headers: { cookie: await this.supervisor() },
    });
    if (response.status !== 200) throw new Error(`the audio of ${recordingId}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }

  protected async supervisor(): Promise<string> {
    this.cookie ||= await this.api.signIn('supervisor');
    return this.cookie;
  }
}
