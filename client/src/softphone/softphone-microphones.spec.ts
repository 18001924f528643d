import { beforeEach, describe, expect, it } from '@jest/globals';
import { clientRefusal, RefusedError } from '../app/refused-error';
import { type FakeLine, fakeMicrophone } from './fake-line';
import type { Softphone } from './softphone';
import { call, type FakeServer, no, settled, startedSoftphone } from './started-softphone';

let server: FakeServer;
let closed: MediaStream[];
let microphones: (() => Promise<MediaStream>)[];
let phone: Softphone;
let line: () => FakeLine;

beforeEach(async () => {
  ({ server, closed, microphones, phone, line } = await startedSoftphone());
});

describe('a leg that this person asked for', () => {
  it('is let go when there is no microphone, and the page says so', async () => {
    microphones.push(async () => {
      throw new RefusedError(clientRefusal('client.microphone-denied'));
    });
    phone.follow(null, { legId: 'help-1' });
    const leg = line().rings('help-1');
    await settled();
    expect(leg.stage).toBe('ended');
    expect(phone.state.getState().refusal).toMatchObject({ code: 'client.microphone-denied' });
  });
});

describe('a call', () => {
  it('is answered with a fresh microphone after the server agreed', async () => {
    const leg = line().rings('leg-1');
    expect(phone.state.getState().leg).toEqual({ id: 'leg-1', stage: 'ringing' });
    expect(await phone.answer(call())).toBeNull();
    expect(server.last('answer-call')).toEqual({ callId: 'call-1' });
    expect(phone.state.getState()).toMatchObject({ leg: { stage: 'talking' }, local: leg.microphone });
  });

  it('rings on when the microphone is denied, and can be answered after it was allowed', async () => {
    const leg = line().rings('leg-1');
    microphones.push(async () => {
      throw new RefusedError(clientRefusal('client.microphone-denied'));
    });
    expect(await phone.answer(call())).toMatchObject({ code: 'client.microphone-denied' });
    expect(server.last('answer-call')).toBeUndefined();
    expect(leg.stage).toBe('ringing');
    expect(await phone.answer(call())).toBeNull();
  });

  it('gives the microphone back when the server refuses', async () => {
    const leg = line().rings('leg-1');
    server.answers['answer-call'] = () => no('call.ended');
    expect(await phone.answer(call())).toMatchObject({ code: 'call.ended' });
    expect(closed).toHaveLength(1);
    expect(leg.microphone).toBeNull();
  });

  it('goes on with another microphone when the one in use is pulled out', async () => {
    const leg = line().rings('leg-1');
    const first = fakeMicrophone();
    const second = fakeMicrophone();
    microphones.push(
      async () => first.stream,
      async () => second.stream,
    );
    await phone.answer(call());
    first.pullOut();
    await settled();
    expect(leg.microphone).toBe(second.stream);
    expect(phone.state.getState().microphoneLost).toBe(false);
  });

  it('tells both sides when there is no other microphone, and takes up the next that is plugged in', async () => {
    line().rings('leg-1');
    const first = fakeMicrophone();
    microphones.push(
      async () => first.stream,
      async () => {
        throw new RefusedError(clientRefusal('client.microphone-missing'));
      },
    );
    phone.follow(call());
    await phone.answer(call());
    first.pullOut();
    await settled();
    expect(phone.state.getState().microphoneLost).toBe(true);
    expect(server.last('report-microphone')).toEqual({ callId: 'call-1', lost: true });
    await phone.devicesChanged();
    expect(phone.state.getState().microphoneLost).toBe(false);
    expect(server.last('report-microphone')).toEqual({ callId: 'call-1', lost: false });
  });
});
