import { RequestPendingError, type Session, SessionState, type Web } from 'sip.js';

/** RFC 3261, 14.1: who did not begin the dialog waits up to 2 s after a re-INVITE that crossed another one. */
const glareWithinMs = 2_000;
/** A connection that is merely shaken comes back by itself in less. */
const shakenMs = 2_000;
const requestPending = 491;
/** Whoever answered so knows the dialog no more, or cannot be reached in it: it is over (RFC 5057, 5.1; RFC 3261, 12.2.1.2). */
const endsDialog: ReadonlySet<number> = new Set([404, 408, 410, 416, 480, 481, 482, 483, 484, 485, 502, 604]);

type After = (ms: number, action: () => void) => () => void;

/**
 * Gives a running session new addresses (a re-INVITE with ICE restart): when the line came back, and when its media do not
 * come through any more. One at a time; one that crossed another is made again.
 */
export class LegRenewal {
  private cancel: () => void = () => undefined;

  constructor(
    private readonly session: Session,
    private readonly after: After,
    /** The session can be reached by nobody any more. */
    private readonly lost: () => void,
    private readonly random: () => number = Math.random,
  ) {}

  /** Watches the media of the session, once it has some. */
  watch(connection: RTCPeerConnection): void {
    connection.addEventListener('iceconnectionstatechange', () => {
      const { iceConnectionState } = connection;
      if (iceConnectionState === 'failed') this.renew();
      else if (iceConnectionState === 'disconnected') this.later(shakenMs);
      else if (iceConnectionState === 'connected') this.cancel();
    });
  }

  renew(): void {
    this.cancel();
    if (this.session.state !== SessionState.Established) return;
    const options: Web.SessionDescriptionHandlerOptions = { offerOptions: { iceRestart: true } };
    this.session
      .invite({
        sessionDescriptionHandlerOptions: options,
        requestDelegate: {
          onReject: ({ message: { statusCode = 0 } }) => {
            if (statusCode === requestPending) this.later(this.random() * glareWithinMs);
            else if (endsDialog.has(statusCode)) this.lost();
          },
        },
      })
      .catch((error: unknown) => {
        if (error instanceof RequestPendingError) this.later(this.random() * glareWithinMs);
        else console.warn('the call could not be renewed', error);
      });
  }

  stop(): void {
    this.cancel();
  }

  private later(ms: number): void {
    this.cancel();
    this.cancel = this.after(ms, () => this.renew());
  }
}
