import type { DeskCall } from '@contracts/call';
import type { CommandAnswer, CommandName } from '@contracts/socket';
import { FakeLine, FakeTimers, fakeMicrophone } from './fake-line';
import { Softphone, type SoftphonePorts } from './softphone';

/** An account as the server makes it for a device. */
export const account = (deviceId: string) => ({
  deviceId,
  uri: `sip:${deviceId}@sanling`,
  secret: `secret of ${deviceId}`,
  socketPath: '/sip',
});
/** The server’s yes. */
export const ok = (result: unknown): CommandAnswer => ({ ok: true, result }) as CommandAnswer;
/** The server’s refusal. */
export const no = (code: string): CommandAnswer => ({ ok: false, refusal: { code, details: {} } });

/** A server that answers as the test says, and remembers what was asked of it. */
export class FakeServer {
  readonly asked: [CommandName, unknown][] = [];
  answers: Partial<Record<CommandName, () => CommandAnswer>> = {
    'lead-device': () => ok(account('agent-801-a')),
  };
  private readonly connected = new Set<() => void>();
  private readonly elsewhere = new Set<() => void>();

  readonly connection = {
    command: async (name: CommandName, payload: unknown) => {
      this.asked.push([name, payload]);
      return (this.answers[name] ?? (() => ok(null)))();
    },
    on: (event: string, listener: () => void) => {
      if (event === 'device.led-elsewhere') this.elsewhere.add(listener);
      return () => this.elsewhere.delete(listener);
    },
    onConnected: (listener: () => void) => {
      this.connected.add(listener);
      listener();
      return () => this.connected.delete(listener);
    },
  } as unknown as SoftphonePorts['connection'];

  reconnects(): void {
    for (const listener of this.connected) listener();
  }

  anotherTabLeads(): void {
    for (const listener of this.elsewhere) listener();
  }

  last(name: CommandName): unknown {
    return this.asked.findLast(([asked]) => asked === name)?.[1];
  }
}

/** Every answer that is on its way has come: fakes answer at once, but each in a turn of its own. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

/** The desk’s call, ringing unless told otherwise. */
export const call = (more: Partial<DeskCall> = {}) =>
  ({ callId: 'call-1', agentLegId: 'leg-1', phase: 'ringing', muted: false, ...more }) as DeskCall;

/** A softphone among fakes, as it is once the server gave it an account and its line was opened. */
export async function startedSoftphone() {
  const server = new FakeServer();
  const timers = new FakeTimers();
  const lines: FakeLine[] = [];
  /** Microphones that were given back. */
  const closed: MediaStream[] = [];
  /** What the next requests for a microphone come to; any more of them get one. */
  const microphones: (() => Promise<MediaStream>)[] = [];
  const phone = new Softphone({
    connection: server.connection,
    openLine: async (given, events) => {
      const line = new FakeLine(given, events);
      lines.push(line);
      return line;
    },
    openMicrophone: () => (microphones.shift() ?? (async () => fakeMicrophone().stream))(),
    closeMicrophone: (stream) => closed.push(stream),
    clientId: async () => 'tab-0001',
    after: timers.after,
  });
  phone.start();
  await settled();
  /** The line that was opened last. */
  const line = (): FakeLine => {
    const last = lines.at(-1);
    if (!last) throw new Error('no line was opened');
    return last;
  };
  const status = () => phone.state.getState().status;
  return { server, timers, lines, closed, microphones, phone, line, status };
}
