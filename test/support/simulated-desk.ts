import type { Api } from './api.js';
import { eventually } from './eventually.js';
import type { SocketClient } from './socket-client.js';

/** An agent signed in with a softphone of the simulated exchange. */
export class SimulatedDesk {
  private constructor(
    private readonly api: Api,
    readonly socket: SocketClient,
    readonly deviceId: string,
  ) {}

  static async open(api: Api, number: string): Promise<SimulatedDesk> {
    const socket = await api.socketFor(await api.signIn(number));
    const { deviceId, secret } = await socket.done('lead-device', { clientId: `browser-${number}` });
    api.exchange.registerDevice(deviceId, secret);
    await socket.done('report-device', { registered: true });
    return new SimulatedDesk(api, socket, deviceId);
  }

  ready(): Promise<unknown> {
    return this.socket.done('set-presence', { state: 'ready' });
  }

  /** A customer calls and is answered here: nobody else may be ready. */
  async talks(fromNumber: string, fromName = ''): Promise<{ callId: string; customer: string }> {
    const { exchange } = this.api;
    await this.ready();
    const customer = exchange.arrive({ dialled: '8000', fromNumber, fromName }) ?? '';
    const leg = await eventually(() => exchange.legOf(this.deviceId), { what: 'the softphone rings' });
    exchange.deviceAnswers(leg.legId);
    const { callId } = await eventually(() => {
      const shown = this.socket.last('call.changed');
      return shown?.phase === 'talking' && shown;
    });
    return { callId, customer };
  }
}
