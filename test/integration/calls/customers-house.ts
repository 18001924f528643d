import { DataSource } from 'typeorm';
import { emptyWrapUp } from '../../../src/contracts/wrap-up.js';
import { Api } from '../../support/api.js';
import type { Answer } from '../../support/api-client.js';
import { eventually } from '../../support/eventually.js';
import { SimulatedDesk } from '../../support/simulated-desk.js';

/** Of the customer who calls twice; of one who calls only 802; and one that an agent wrote down. */
export const numbers = { guest: '13812346021', other: '13987650002', noted: '13700001234' };
export const wholeNumbers = /13812346021|13987650002|13700001234/;

export type Seat = '801' | '802';

interface Entry {
  actor_login: string;
  subject: string;
  details: object;
}

/** A house with three calls on record: two of one customer, of which the second goes on at the desk of 802. */
export class CustomersHouse {
  readonly desks = {} as Record<Seat, SimulatedDesk>;
  readonly calls = { first: '', other: '', served: '' };
  readonly logged: string[];
  private readonly cookies: Record<string, string> = {};

  private constructor(
    readonly api: Api,
    logged: string[],
  ) {
    this.logged = logged;
  }

  static async open(): Promise<CustomersHouse> {
    const logged: string[] = [];
    const api = await Api.start({
      settings: { SANLING_NUMBERS_SHOWN_PER_HOUR: '3', SANLING_NUMBER_SEARCHES_PER_HOUR: '3' },
      logTo: { write: (line) => void logged.push(line) },
    });
    const house = new CustomersHouse(api, logged);
    for (const login of ['801', '802', '803', 'lead', 'inspector', 'trainer', 'supervisor'])
      house.cookies[login] = await api.signIn(login);
    for (const seat of ['801', '802'] as const) house.desks[seat] = await SimulatedDesk.open(api, seat);
    house.calls.first = await house.served('801', numbers.guest);
    house.calls.other = await house.served('802', numbers.other);
    house.calls.served = (await house.talk('802', numbers.guest)).callId;
    return house;
  }

  cookieOf(login: string): string {
    const cookie = this.cookies[login];
    if (cookie === undefined) throw new Error(`${login} is not signed in`);
    return cookie;
  }

  read(login: string, path: string): Promise<Answer> {
    return this.api.read(path, { cookie: this.cookieOf(login) });
  }

  reveal(login: string, callId: string, body: object = {}): Promise<Answer> {
    return this.api.post(`/api/calls/${callId}/reveal`, { cookie: this.cookieOf(login), body });
  }

  audited(action: string): Promise<Entry[]> {
    return this.api
      .get(DataSource)
      .query('select actor_login, subject, details from audit_log where action = $1 order by id', [action]);
  }

  private talk(seat: Seat, fromNumber: string): Promise<{ callId: string; customer: string }> {
    return this.desks[seat].talks(fromNumber, '王小明');
  }

  /** A call that is over and written down, the number as the desk was shown it. */
  private async served(seat: Seat, fromNumber: string): Promise<string> {
    const { socket } = this.desks[seat];
    const { callId, customer } = await this.talk(seat, fromNumber);
    this.api.exchange.remoteHangsUp(customer);
    const { fromNumber: customerNumber } = await eventually(() => {
      const shown = socket.last('call.changed');
      return shown?.phase === 'wrap-up' && shown;
    });
    const readBack = { nameReadBack: true, numberReadBack: true };
    const customersOwn = { customerName: '王小明', customerNumber, note: `请回电${numbers.noted}` };
    const record = { ...emptyWrapUp, outcome: 'resolved', ...customersOwn, ...readBack };
    await socket.done('complete-wrap-up', { callId, record });
    await socket.done('set-presence', { state: 'not-ready', reason: 'break' });
    return callId;
  }
}
