import { beforeEach, describe, expect, it } from '@jest/globals';
import { RequestPendingError, type Session, type SessionInviteOptions, SessionState } from 'sip.js';
import { FakeTimers } from './fake-line';
import { LegRenewal } from './leg-renewal';

/** A session whose re-INVITEs are answered as the test says; `pending`: another one is on its way. */
class FakeSession {
  state: SessionState = SessionState.Established;
  readonly invited: SessionInviteOptions[] = [];
  pending = false;

  async invite(options: SessionInviteOptions): Promise<void> {
    if (this.pending) throw new RequestPendingError('reinvite in progress');
    this.invited.push(options);
  }

  rejects(statusCode: number): void {
    const response = { message: { statusCode } } as never;
    this.invited.at(-1)?.requestDelegate?.onReject?.(response);
  }
}

class FakeConnection extends EventTarget {
  iceConnectionState: RTCIceConnectionState = 'connected';

  becomes(state: RTCIceConnectionState): void {
    this.iceConnectionState = state;
    this.dispatchEvent(new Event('iceconnectionstatechange'));
  }
}

const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

let session: FakeSession;
let connection: FakeConnection;
let timers: FakeTimers;
let renewal: LegRenewal;
let lost: number;

beforeEach(() => {
  lost = 0;
  session = new FakeSession();
  connection = new FakeConnection();
  timers = new FakeTimers();
  renewal = new LegRenewal(
    session as unknown as Session,
    timers.after,
    () => {
      lost += 1;
    },
    () => 0.5,
  );
  renewal.watch(connection as unknown as RTCPeerConnection);
});

describe('new addresses for a running session', () => {
  it('are asked for with an ICE restart in the same dialog', () => {
    renewal.renew();
    expect(session.invited).toHaveLength(1);
    expect(session.invited[0]?.sessionDescriptionHandlerOptions).toEqual({
      offerOptions: { iceRestart: true },
    });
  });

  it('are asked for again after a glare, within two seconds (RFC 3261, 14.1)', () => {
    renewal.renew();
    session.rejects(491);
    timers.pass(999);
    expect(session.invited).toHaveLength(1);
    timers.pass(1);
    expect(session.invited).toHaveLength(2);
  });

  it('wait for the one that is under way here', async () => {
    session.pending = true;
    renewal.renew();
    await settled();
    session.pending = false;
    timers.pass(1_000);
    expect(session.invited).toHaveLength(1);
  });

  it('are left alone after another refusal', () => {
    renewal.renew();
    session.rejects(488);
    timers.pass(60_000);
    expect(session.invited).toHaveLength(1);
  });

  it('are not asked for of a session that is over: a BYE crossed it', () => {
    renewal.renew();
    session.rejects(491);
    session.state = SessionState.Terminated;
    timers.pass(5_000);
    expect(session.invited).toHaveLength(1);
  });
});

describe('media that do not come through', () => {
  it('are given new addresses at once when the connection failed', () => {
    connection.becomes('failed');
    expect(session.invited).toHaveLength(1);
  });

  it('are given a moment to come back by themselves', () => {
    connection.becomes('disconnected');
    timers.pass(1_999);
    connection.becomes('connected');
    timers.pass(5_000);
    expect(session.invited).toHaveLength(0);
    connection.becomes('disconnected');
    timers.pass(2_000);
    expect(session.invited).toHaveLength(1);
  });

  it('are forgotten with the leg', () => {
    connection.becomes('disconnected');
    renewal.stop();
    timers.pass(5_000);
    expect(session.invited).toHaveLength(0);
  });

  it.each([404, 408, 481])('are none after %i: the session is lost (RFC 5057, 5.1)', (status) => {
    renewal.renew();
    session.rejects(status);
    expect(lost).toBe(1);
  });

  it.each([488, 491, 500])('after %i the session goes on as it was', (status) => {
    renewal.renew();
    session.rejects(status);
    expect(lost).toBe(0);
  });
});
