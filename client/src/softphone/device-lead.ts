import type { RefusalBody } from '@contracts/refusal';
import type { SoftphoneAccount } from '@contracts/softphone';
import { refusalOf } from '../app/refused-error';
import type { Connection } from '../realtime/connection';
import type { Leg, Line, OpenLine } from './line';

/**
 * starting: asks for its account; registering: has one; ready: can be rung; lost: tries to get back;
 * elsewhere: another tab is the phone; refused: the server gave no account.
 */
export type PhoneStatus = 'starting' | 'registering' | 'ready' | 'lost' | 'elsewhere' | 'refused';

export interface DeviceLeadPorts {
  connection: Pick<Connection, 'command' | 'on' | 'onConnected'>;
  openLine: OpenLine;
  clientId: () => Promise<string>;
  /** Runs later; returns the cancel. */
  after: (ms: number, action: () => void) => () => void;
}

export interface DeviceLeadEvents {
  status(status: PhoneStatus, refusal: RefusalBody | null): void;
  incoming(leg: Leg): void;
  /** The legs that the phone holds, by which the server tells whether the call is still on it. */
  held(): string[];
  /** The line's account was replaced or taken over: to be stopped as soon as no call is on it. */
  retired(line: Line): void;
}

const leadAgainAfterMs = 3_000;

/** Keeps this tab the agent's phone: asks for the account, keeps one line registered, reports it, yields to other tabs. */
export class DeviceLead {
  private status: PhoneStatus = 'starting';
  private line: Line | null = null;
  private account: SoftphoneAccount | null = null;
  private turn = 0;
  private stopped = false;
  private cancelAgain: () => void = () => undefined;
  private removals: (() => void)[] = [];

  constructor(
    private readonly ports: DeviceLeadPorts,
    private readonly events: DeviceLeadEvents,
  ) {}

  /** Leads now and after every reconnect. */
  start(): void {
    const { connection } = this.ports;
    this.removals = [
      // Another tab that leads stays the phone through this tab's reconnects; the server says so again.
      connection.onConnected(() => this.lead(false)),
      connection.on('device.led-elsewhere', () => this.yielded()),
    ];
  }

  stop(): void {
    this.stopped = true;
    this.cancelAgain();
    for (const remove of this.removals) remove();
    this.line?.stop();
  }

  /** The network is back: nothing is waited for any more. */
  wake(): void {
    this.line?.wake();
  }

  /** A call that goes on is not on this phone any more. */
  holdsLess(): void {
    if (this.status === 'ready') this.report(true);
  }

  /** The page goes. */
  abandon(): void {
    this.line?.abandon();
  }

  /** Asks for the account; `takeOver` silences the tab that leads now. */
  lead(takeOver: boolean): void {
    this.cancelAgain();
    this.request(takeOver).catch((error: unknown) => {
      console.error('the phone could not start', error);
      this.become('refused', refusalOf(error));
    });
  }

  private async request(takeOver: boolean): Promise<void> {
    const turn = ++this.turn;
    const clientId = await this.ports.clientId();
    const resuming = this.line && this.account ? { resuming: this.account.deviceId } : {};
    const answer = await this.ports.connection.command('lead-device', { clientId, takeOver, ...resuming });
    if (this.stopped || turn !== this.turn) return;
    if (!answer.ok) this.refused(answer.refusal);
    else if (this.keeps(answer.result)) this.resume();
    else await this.replace(answer.result);
  }

  private resume(): void {
    this.report(this.status === 'ready');
    this.line?.wake();
  }

  private keeps(account: SoftphoneAccount): boolean {
    const { account: held } = this;
    return this.line !== null && held?.deviceId === account.deviceId && held.secret === account.secret;
  }

  private async replace(account: SoftphoneAccount): Promise<void> {
    this.retire();
    this.account = account;
    this.become('registering');
    const current = () => !this.stopped && this.account === account;
    const line = await this.ports.openLine(account, {
      registered: () => current() && this.registered(),
      unregistered: (final) => current() && this.unregistered(final),
      incoming: (leg) => this.events.incoming(leg),
    });
    if (current()) this.line = line;
    else line.stop();
  }

  private refused(refusal: RefusalBody): void {
    if (refusal.code === 'device.led-elsewhere') {
      this.yielded();
      return;
    }
    // Disconnected meanwhile: the reconnect asks again. Anything else may pass by itself.
    this.become(refusal.code === 'client.disconnected' ? 'lost' : 'refused', refusal);
    this.leadLater();
  }

  private registered(): void {
    this.become('ready');
    this.report(true);
  }

  private unregistered(final: boolean): void {
    if (this.status === 'ready') this.report(false);
    this.become('lost');
    if (final) {
      this.retire();
      this.leadLater();
    }
  }

  private leadLater(): void {
    this.cancelAgain();
    this.cancelAgain = this.ports.after(leadAgainAfterMs, () => this.lead(false));
  }

  private report(registered: boolean): void {
    const failed = (error: unknown) => console.warn('the phone could not be reported', error);
    this.ports.connection
      .command('report-device', { registered, legs: this.events.held() })
      .then((answer) => {
        if (!answer.ok) failed(answer.refusal.code);
      }, failed);
  }

  private yielded(): void {
    this.turn += 1;
    this.cancelAgain();
    this.retire();
    this.become('elsewhere');
  }

  private retire(): void {
    const { line } = this;
    this.line = null;
    this.account = null;
    if (line) this.events.retired(line);
  }

  private become(status: PhoneStatus, refusal: RefusalBody | null = null): void {
    this.status = status;
    this.events.status(status, refusal);
  }
}
