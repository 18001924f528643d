import { legHeader, type SoftphoneAccount } from '@contracts/softphone';
import {
  type Invitation,
  Inviter,
  Registerer,
  RegistererState,
  type Session,
  type SessionDescriptionHandlerModifier,
  UserAgent,
  Web,
} from 'sip.js';
import { backOffMs } from './back-off';
import { preferCodecs } from './codec-order';
import type { Leg, Line, LineEvents } from './line';
import { SipLeg } from './sip-leg';

const registrationSeconds = 120;
/** Answers to REGISTER that say the account is not known (any more). */
const saysAccountGone = new Set([401, 403, 404, 407]);

const orderCodecs: SessionDescriptionHandlerModifier = async (description) => ({
  type: description.type,
  ...(description.sdp ? { sdp: preferCodecs(description.sdp) } : {}),
});

/** Opens a line with sip.js: registers over the page's own origin and stays registered. */
export async function openSipLine(account: SoftphoneAccount, events: LineEvents): Promise<Line> {
  const line = new SipLine(account, events);
  line.start();
  return line;
}

class SipLine implements Line {
  private readonly userAgent: UserAgent;
  private readonly registerer: Registerer;
  private readonly legs = new Map<Session, SipLeg>();
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retry: (() => void) | null = null;
  private stopped = false;
  private accountGone = false;

  constructor(
    private readonly account: SoftphoneAccount,
    private readonly events: LineEvents,
  ) {
    this.userAgent = new UserAgent({
      ...this.identity(),
      // The name it is called by is its name in the call: the server lets nothing pass under another than the account's.
      contactName: account.deviceId,
      transportOptions: {
        server: socketAddress(account.socketPath),
        keepAliveInterval: 20,
        connectionTimeout: 8,
      },
      // How long it rings is the server's decision.
      noAnswerTimeout: 180,
      logLevel: 'warn',
      sessionDescriptionHandlerFactory: (session) => this.mediaFor(session),
      delegate: {
        onConnect: () => this.connected(),
        onDisconnect: () => this.disconnected(),
        onInvite: (invitation) => this.invited(invitation),
      },
    });
    this.registerer = new Registerer(this.userAgent, { expires: registrationSeconds, refreshFrequency: 80 });
    this.registerer.stateChange.addListener((state) => this.registration(state));
  }

  start(): void {
    this.userAgent.start().catch((error: unknown) => this.failed(error));
  }

  dial(number: string, microphone: MediaStream): Leg {
    const target = UserAgent.makeURI(`sip:${number}@${this.userAgent.configuration.uri.host}`);
    if (!target) throw new Error(`not a number: ${number}`);
    const inviter = new Inviter(this.userAgent, target, { earlyMedia: false });
    const leg = this.legOf(inviter, crypto.randomUUID());
    leg.microphone = microphone;
    inviter.invite({ sessionDescriptionHandlerModifiers: [orderCodecs] }).catch((error: unknown) => {
      console.warn('the call could not be placed', error);
      leg.finish();
    });
    return leg;
  }

  wake(): void {
    if (this.stopped || !this.retry) return;
    clearTimeout(this.timer);
    this.attempts = 0;
    this.retry();
  }

  abandon(): void {
    for (const leg of this.legs.values()) leg.abandon();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    // Unregisters, ends what is up, closes the socket; a socket that is already gone makes it reject.
    this.userAgent.stop().catch((error: unknown) => console.warn('the line was already down', error));
  }

  private identity() {
    const uri = UserAgent.makeURI(this.account.uri);
    if (!uri) throw new Error('the account has no usable address');
    return {
      uri,
      authorizationUsername: this.account.deviceId,
      authorizationPassword: this.account.secret,
    };
  }

  private mediaFor(session: Session): Web.SessionDescriptionHandler {
    const logger = session.userAgent.getLogger('sip.media', session.id);
    const stream = async (): Promise<MediaStream> => {
      const microphone = this.legs.get(session)?.microphone;
      if (!microphone) throw new Error('a call without a microphone');
      return microphone;
    };
    return new Web.SessionDescriptionHandler(logger, stream, {
      iceGatheringTimeout: 1_000,
      peerConnectionConfiguration: { iceServers: [], bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' },
    });
  }

  private legOf(session: Session, id: string): SipLeg {
    const leg = new SipLeg(id, session);
    this.legs.set(session, leg);
    const remove = leg.onChange(() => {
      if (leg.stage !== 'ended') return;
      this.legs.delete(session);
      remove();
    });
    return leg;
  }

  private invited(invitation: Invitation): void {
    const id = invitation.request.getHeader(legHeader) ?? invitation.request.callId;
    invitation.sessionDescriptionHandlerModifiers = [orderCodecs];
    this.events.incoming(this.legOf(invitation, id));
  }

  private connected(): void {
    if (!this.accountGone) this.register();
    for (const leg of this.legs.values()) leg.renew();
  }

  private register(): void {
    this.registerer
      .register({
        requestDelegate: {
          onAccept: () => {
            this.attempts = 0;
            this.events.registered();
          },
          onReject: ({ message }) => this.turnedDown(saysAccountGone.has(message.statusCode ?? 0)),
        },
      })
      .catch((error: unknown) => this.failed(error));
  }

  /** A refresh that sip.js made by itself failed. */
  private registration(state: RegistererState): void {
    if (state === RegistererState.Unregistered && this.userAgent.isConnected()) this.turnedDown(false);
  }

  private turnedDown(final: boolean): void {
    if (this.stopped || this.accountGone) return;
    this.accountGone = final;
    this.events.unregistered(final);
    if (!final) this.again(() => this.register());
  }

  private disconnected(): void {
    if (this.stopped) return;
    this.events.unregistered(false);
    this.again(() => this.userAgent.reconnect());
  }

  private failed(error: unknown): void {
    if (this.stopped) return;
    console.warn('the line is down', error);
    this.events.unregistered(false);
    this.again(() => this.userAgent.reconnect());
  }

  private again(action: () => void | Promise<void>): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.retry = () => {
      this.retry = null;
      Promise.resolve(action()).catch((error: unknown) => this.failed(error));
    };
    this.timer = setTimeout(this.retry, backOffMs(this.attempts++));
  }
}

function socketAddress(path: string): string {
  const address = new URL(path, window.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}
