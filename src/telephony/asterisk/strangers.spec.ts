import { describe, expect, it } from '@jest/globals';
import { strangerRefused } from './strangers.js';

/** As Asterisk 22 writes it, shortened. */
const failed = {
  Event: 'ChallengeResponseFailed',
  Timestamp: '1795665807.827895',
  Service: 'PJSIP',
  AccountID: 'agent-801-0a1b2c3d4e5f',
  SessionID: 'c90',
  RemoteAddress: 'IPV4/UDP/192.0.2.7/57650',
  Response: 'f5ad426f2c94c651c802e034caa87ecb',
};

describe('what Asterisk tells of a wrong proof', () => {
  it('says who tried what from where, and keeps the proof to itself', () => {
    expect(strangerRefused(failed)).toEqual({
      kind: 'stranger.refused',
      at: 1_795_665_807_828,
      stranger: {
        attemptId: 'c90 1795665807.827895',
        over: 'trunk',
        address: '192.0.2.7',
        port: 57_650,
        account: 'agent-801-0a1b2c3d4e5f',
      },
    });
    expect(strangerRefused({ ...failed, RemoteAddress: 'IPV4/WS/127.0.0.1/40000' })?.stranger.over).toBe(
      'softphone',
    );
    expect(strangerRefused({ ...failed, RemoteAddress: 'IPV6/UDP/2001:db8::1/5060' })?.stranger.address).toBe(
      '2001:db8::1',
    );
    expect(strangerRefused({ ...failed, AccountID: '<unknown>' })?.stranger.account).toBe('');
  });

  it('is nothing else', () => {
    for (const Event of ['ChallengeSent', 'SuccessfulAuth', 'InvalidAccountID', 'FullyBooted'])
      expect(strangerRefused({ ...failed, Event })).toBeUndefined();
    expect(strangerRefused({ ...failed, Service: 'AMI' })).toBeUndefined();
    expect(strangerRefused({ ...failed, RemoteAddress: 'IPV4/UDP/somewhere/5060' })).toBeUndefined();
    expect(strangerRefused({})).toBeUndefined();
  });
});
