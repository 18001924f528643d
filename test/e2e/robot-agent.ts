import type { DeskCall } from '../../src/contracts/call.js';
import type { HelpMode, HelpView } from '../../src/contracts/live-help.js';
import type { CommandInput, CommandName } from '../../src/contracts/socket.js';
import { legHeader } from '../../src/contracts/softphone.js';
import type { TargetWish } from '../../src/contracts/transfer.js';
import { emptyWrapUp, type WrapUp } from '../../src/contracts/wrap-up.js';
import type { ApiClient } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';
import { allowPlainAudio } from '../support/phones/asterisk-rest.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { SipPhone } from '../support/phones/sip-phone.js';
import { type Services, useServices } from '../support/services.js';
import type { SocketClient } from '../support/socket-client.js';

type OnCall = Exclude<
  CommandName,
  | 'lead-device'
  | 'report-device'
  | 'set-presence'
  | 'dial-number'
  | 'report-sound'
  | 'watch-floor'
  | 'acknowledge-alarm'
>;

export const fullWrapUp: WrapUp = {
  ...emptyWrapUp,
  outcome: 'resolved',
  customerName: '王芳',
  customerNumber: '13812346021',
  nameReadBack: true,
  numberReadBack: true,
  note: '预订一间大床房',
};

const clientIdOf = (number: string): string => `robot-${number}`;

/** An agent at the desk as the browser would be: signed in, a socket, a softphone of its own; the test presses the keys. */
export class RobotAgent {
  private constructor(
    private readonly api: ApiClient,
    readonly number: string,
    public socket: SocketClient,
    readonly phone: SipPhone,
    readonly cookie: string,
  ) {}

  static async start(
    api: ApiClient,
    services: Services,
    number: string,
    address: string,
  ): Promise<RobotAgent> {
    const cookie = await api.signIn(number);
    const socket = await api.socketFor(cookie);
    const account = await socket.done('lead-device', { clientId: clientIdOf(number), takeOver: true });
    await allowPlainAudio(services, account.deviceId);
    const server = { host: '127.0.0.1', port: Number(services.SIP_TRUNK_PORT) };
    const phone = await SipPhone.start({ address, server, user: account.deviceId, secret: account.secret });
    const status = await phone.register();
    if (status !== 200) throw new Error(`the softphone of ${number} could not register: ${status}`);
    await socket.done('report-device', { registered: true });
    return new RobotAgent(api, number, socket, phone, cookie);
  }

  /** The page found its line to the server again after a while, as the browser's does by itself: it keeps its softphone. */
  async comesBack(): Promise<void> {
    this.socket.close();
    this.socket = await this.api.socketFor(this.cookie);
    const { user, secret } = this.phone.options;
    const wish = { clientId: clientIdOf(this.number), resuming: user };
    const account = await this.socket.done('lead-device', wish);
    if (account.deviceId !== user || account.secret !== secret)
      throw new Error(`${this.number} was given another softphone`);
    // A server that took over has pushed the softphone's account anew, as a browser's.
    await allowPlainAudio(useServices(), user);
    const legs = this.phone.calls.filter(({ state }) => state !== 'ended');
    await this.socket.done('report-device', {
      registered: true,
      legs: legs.map((call) => call.inviteHeader(legHeader)),
    });
    await this.socket.hears('desk.snapshot');
  }

  /** The softphone lost its exchange and registers with the new one, as the browser's does by itself. */
  async registersAgain(): Promise<void> {
    await eventually(async () => (await this.phone.register()) === 200, {
      withinMs: 15_000,
      what: `the softphone of ${this.number} may register`,
    });
    await allowPlainAudio(useServices(), this.phone.options.user);
    await this.socket.done('report-device', { registered: true });
  }

  /** Ready for the next call, once the server agrees that the phone can be rung. */
  async ready(): Promise<void> {
    await eventually(async () => (await this.socket.command('set-presence', { state: 'ready' })).ok, {
      everyMs: 100,
      what: `${this.number} may be ready`,
    });
  }

  /** What the desk shows. */
  get desk(): DeskCall | null {
    const heard = this.socket.heard.findLast(
      ({ event }) => event === 'call.changed' || event === 'desk.snapshot',
    );
    const payload = heard?.payload;
    if (heard?.event === 'desk.snapshot') return (payload as { call: DeskCall | null }).call;
    return (payload as DeskCall | null | undefined) ?? null;
  }

  /** The phase on the desk at this moment; null: the desk is free. */
  phase(): DeskCall['phase'] | null {
    return this.desk?.phase ?? null;
  }

  get presence(): string | undefined {
    return this.socket.last('presence.changed')?.state ?? this.socket.last('desk.snapshot')?.presence.state;
  }

  /** Waits until the phone and the desk ring for the same call. */
  async rings(): Promise<SipCall> {
    return eventually(
      () => {
        const { call } = this.phone;
        if (call?.state !== 'ringing' || this.desk?.phase !== 'ringing') return undefined;
        return call.inviteHeader(legHeader) === this.desk.agentLegId ? call : undefined;
      },
      { withinMs: 10_000, what: `${this.number} rings` },
    );
  }

  async answers(tone?: number): Promise<SipCall> {
    const call = await this.rings();
    await this.does('answer-call');
    call.answer();
    if (tone) call.rtp.tone(tone);
    await this.shows('talking');
    return call;
  }

  /** Waits for a phase on the desk; `null`: the desk is free. */
  async shows(phase: DeskCall['phase'] | null): Promise<void> {
    const shows = () => {
      if (this.phase() !== phase) throw new Error(`it shows ${this.phase()}`);
      return true;
    };
    await eventually(shows, { withinMs: 10_000, what: `the desk of ${this.number} shows ${phase}` });
  }

  /** Waits until the desk shows anything else than this phase. */
  async untilNot(phase: DeskCall['phase']): Promise<void> {
    await eventually(() => this.desk?.phase !== phase, {
      withinMs: 30_000,
      what: `the desk of ${this.number} shows ${phase} no more`,
    });
  }

  /** Gives a command on the call at the desk; throws when it is refused. */
  async does<N extends OnCall>(name: N, more: object = {}): Promise<void> {
    await this.socket.done(name, { callId: this.desk?.callId, ...more } as CommandInput<N>);
  }

  /** Gives a command that must be refused; the refusal's code. */
  async refused<N extends OnCall>(name: N, more: object = {}, callId = this.desk?.callId): Promise<string> {
    const answer = await this.socket.command(name, { callId, ...more } as CommandInput<N>);
    if (answer.ok) throw new Error(`${name} was not refused`);
    return answer.refusal.code;
  }

  /** Asks for a transfer, with the customer's consent. */
  async transfersTo(target: TargetWish, more: object = {}): Promise<void> {
    await this.does('transfer-call', {
      target,
      reason: 'specialist',
      consent: true,
      matter: '退房时间',
      ...more,
    });
  }

  /** Brings somebody into the talk, with the customer's consent. */
  async invites(target: TargetWish): Promise<void> {
    await this.does('invite-to-call', { target, reason: 'specialist', consent: true });
  }

  /** Answers as the target of a transfer. */
  async answersConsult(tone?: number): Promise<SipCall> {
    const call = await this.rings();
    await this.does('answer-call');
    call.answer();
    if (tone) call.rtp.tone(tone);
    await this.shows('consulted');
    return call;
  }

  /** Where the transfer that this agent asked for stands. */
  async transferIs(state: NonNullable<DeskCall['transfer']>['state'] | null): Promise<void> {
    await eventually(() => (this.desk?.transfer?.state ?? null) === state, {
      withinMs: 20_000,
      what: `the transfer of ${this.number} is ${state}`,
    });
  }

  /** The call that this lead helps in, as told last. */
  get help(): HelpView | null {
    return this.socket.last('help.changed') ?? null;
  }

  /** Comes to a call, as the softphone on the floor does: its leg is answered by itself. */
  async helps(callId: string, mode: HelpMode, tone?: number): Promise<SipCall> {
    await this.socket.done('help-call', { callId, mode });
    const call = await eventually(
      () => {
        const { call } = this.phone;
        return call && this.help && call.inviteHeader(legHeader) === this.help.legId ? call : undefined;
      },
      { withinMs: 10_000, what: `the phone of ${this.number} is rung for help` },
    );
    call.answer();
    if (tone) call.rtp.tone(tone);
    await this.helpIs(mode);
    return call;
  }

  /** Waits until the lead's phone is where the mode says; null: in no call. */
  async helpIs(mode: HelpMode | null): Promise<void> {
    await eventually(() => (this.help?.mode ?? null) === mode, {
      withinMs: 10_000,
      what: `the help of ${this.number} is ${mode}`,
    });
  }

  /** Calls a number after the pre-call sheet; the agent's own phone answers by itself. Returns the call's id. */
  async dials(number: string, tone?: number, points = '确认到店时间'): Promise<string> {
    const { callId } = await this.socket.done('dial-number', { number, purpose: 'call-back', points });
    const call = await eventually(
      () => {
        const { call } = this.phone;
        return this.desk && call?.inviteHeader(legHeader) === this.desk.agentLegId ? call : undefined;
      },
      { withinMs: 10_000, what: `the phone of ${this.number} is rung to dial` },
    );
    call.answer();
    if (tone) call.rtp.tone(tone);
    return callId;
  }

  async holds(limitMs = 30_000): Promise<void> {
    await this.does('hold-call', { reason: 'check-record', consent: true, limitMs });
    await this.shows('held');
  }

  async resumes(): Promise<void> {
    await this.does('resume-call');
    await this.shows('talking');
  }

  async wrapsUp(record: WrapUp = fullWrapUp): Promise<void> {
    await this.shows('wrap-up');
    const written = this.desk?.callId;
    await this.does('complete-wrap-up', { record });
    // Where customers wait, the next call may be there before anybody looks.
    await eventually(() => this.desk?.callId !== written, {
      withinMs: 10_000,
      what: `the desk of ${this.number} is clear of its record`,
    });
  }

  async leave(): Promise<void> {
    this.socket.close();
    await this.phone.close();
  }
}
