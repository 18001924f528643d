import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DeskCall } from '../../src/contracts/call.js';
import { fullWrapUp } from '../../test/e2e/robot-agent.js';
import { OwnApi } from '../../test/faults/support/own-api.js';
import { eventually } from '../../test/support/eventually.js';
import { allowPlainAudio } from '../../test/support/phones/asterisk-rest.js';
import type { Services } from '../../test/support/services.js';
import type { SocketClient } from '../../test/support/socket-client.js';
import { push } from './app-queue.js';
import { agentsAt } from './load.js';

/** The product as its own process, with agents at their desks who wrap up at once; their phones are SIPp's. */
export class HouseOfAgents {
  private constructor(readonly api: OwnApi) {}

  static async open(services: Services, agents: number): Promise<HouseOfAgents> {
    const api = await OwnApi.open({ SANLING_LOG_LEVEL: 'error' });
    const house = new HouseOfAgents(api);
    try {
      await api.kill('SIGTERM');
      const logins = await hire(api.settings.DATABASE_URL ?? '', agents);
      await api.run();
      for (const login of logins) await house.seat(services, login);
      return house;
    } catch (error) {
      await api.stop();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.api.stop();
  }

  private async seat(services: Services, login: string): Promise<void> {
    const socket = await this.api.socketFor(await this.api.signIn(login));
    const { deviceId } = await socket.done('lead-device', { clientId: `bench-${login}`, takeOver: true });
    await allowPlainAudio(services, deviceId);
    await push(services, 'endpoint', deviceId, { transport: 'transport-trunk' });
    const contact = `sip:${deviceId}@${agentsAt.host}:${agentsAt.port}`;
    await push(services, 'aor', deviceId, { contact, qualify_frequency: '0' });
    await socket.done('report-device', { registered: true });
    await eventually(async () => (await socket.command('set-presence', { state: 'ready' })).ok, {
      everyMs: 100,
      withinMs: 10_000,
      what: `${login} may be ready`,
    });
    wrapUpAtOnce(socket);
  }
}

/** As soon as a desk shows the wrap-up, its form is sent. */
function wrapUpAtOnce({ socket, heard }: SocketClient): void {
  socket.on('call.changed', (call: DeskCall | null) => {
    heard.length = 0;
    if (call?.phase !== 'wrap-up') return;
    // A desk that was told twice is refused the second time.
    socket.emit('complete-wrap-up', { callId: call.callId, record: fullWrapUp }, () => undefined);
  });
}

/** Makes as many agents as asked for, all with the demo's password and in the demo's queue. */
async function hire(databaseUrl: string, agents: number): Promise<string[]> {
  const logins = Array.from({ length: agents }, (_, n) => String(1_000 + n));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const login of logins) {
      const id = randomUUID();
      await client.query(
        `insert into people (id, login, name, role, agent_number, locale, password_hash)
         select $1, $2, $3, role, $2, locale, password_hash from people where login = '801'`,
        [id, login, `Agent ${login}`],
      );
      await client.query('insert into queue_members (queue_id, agent_id) select id, $1 from queues', [id]);
    }
  } finally {
    await client.end();
  }
  return logins;
}
