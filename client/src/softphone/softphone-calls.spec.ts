import { beforeEach, describe, expect, it } from '@jest/globals';
import { type FakeLine, type FakeTimers, fakeMicrophone } from './fake-line';
import type { Softphone } from './softphone';
import { account, call, type FakeServer, ok, settled, startedSoftphone } from './started-softphone';

let server: FakeServer;
let timers: FakeTimers;
let lines: FakeLine[];
let phone: Softphone;
let line: () => FakeLine;

beforeEach(async () => {
  ({ server, timers, lines, phone, line } = await startedSoftphone());
});

describe('a talk that goes on', () => {
  it('answers by itself when the phone is rung for it again, and follows the old leg no more', async () => {
    const leg = line().rings('leg-2');
    phone.follow(call({ phase: 'talking', agentLegId: 'leg-1', recallLegId: 'leg-2' }));
    await settled();
    expect(leg.stage).toBe('talking');
    phone.follow(call({ phase: 'talking', agentLegId: 'leg-2', recallLegId: null }));
    timers.pass(5_000);
    expect(leg.stage).toBe('talking');
  });

  it('says which legs it holds whenever it registers', async () => {
    const leg = line().rings('leg-1');
    await leg.accept(fakeMicrophone().stream);
    line().events.unregistered(false);
    line().events.registered();
    expect(server.last('report-device')).toEqual({ registered: true, legs: ['leg-1'] });
  });

  it('says so when a leg’s signalling leads nowhere any more: the server rings it for the talk that goes on', async () => {
    line().events.registered();
    const leg = line().rings('leg-1');
    await leg.accept(fakeMicrophone().stream);
    leg.farEndGoes('lost');
    expect(server.last('report-device')).toEqual({ registered: true, legs: [] });
  });

  it('is told to the engine as lost when the page is left', () => {
    phone.abandon();
    expect(line().abandoned).toBe(1);
  });
});

describe('a leg that this person asked for', () => {
  it('is answered by itself when dialling out, whichever comes first, the INVITE or the desk', async () => {
    const dialling = call({ state: 'dialling', agentLegId: 'leg-1' });
    phone.follow(dialling);
    const leg = line().rings('leg-1');
    await settled();
    expect([leg.stage, server.last('answer-call')]).toEqual(['talking', undefined]);
    leg.finish();
    const second = line().rings('leg-2');
    await settled();
    expect(second.stage).toBe('ringing');
    phone.follow(call({ state: 'dialling', agentLegId: 'leg-2' }));
    await settled();
    expect(second.stage).toBe('talking');
  });

  it('is answered for a lead who helps, and stays through the take-over', async () => {
    phone.follow(null, { legId: 'help-1' });
    const leg = line().rings('help-1');
    await settled();
    expect(leg.stage).toBe('talking');
    timers.pass(10_000);
    expect(leg.stage).toBe('talking');
    phone.follow(call({ state: 'talking', phase: 'talking', agentLegId: 'help-1' }), null);
    timers.pass(10_000);
    expect(leg.stage).toBe('talking');
    phone.follow(null, null);
    timers.pass(10_000);
    expect(leg.stage).toBe('ended');
  });

  it('is no other call that rings', async () => {
    phone.follow(call(), null);
    const leg = line().rings('leg-1');
    await settled();
    expect(leg.stage).toBe('ringing');
  });
});

describe('a call', () => {
  it('cannot be answered before its INVITE is here, nor by the leg of another call', async () => {
    expect(await phone.answer(call())).toMatchObject({ code: 'client.phone-not-ready' });
    line().rings('leg-of-another-call');
    expect(await phone.answer(call())).toMatchObject({ code: 'client.phone-not-ready' });
    expect(server.last('answer-call')).toBeUndefined();
  });

  it('is not answered twice by two presses', async () => {
    line().rings('leg-1');
    await Promise.all([phone.answer(call()), phone.answer(call())]);
    expect(server.asked.filter(([name]) => name === 'answer-call')).toHaveLength(1);
  });

  it('is muted when the server says so', async () => {
    const leg = line().rings('leg-1');
    await phone.answer(call());
    phone.follow(call({ phase: 'talking', muted: true }));
    expect(leg.muted).toBe(true);
    phone.follow(call({ phase: 'talking', muted: false }));
    expect(leg.muted).toBe(false);
  });

  it('leaves nothing behind when it ended', async () => {
    const leg = line().rings('leg-1');
    await phone.answer(call());
    leg.farEndGoes();
    expect(phone.state.getState()).toMatchObject({ leg: null, local: null, remote: null });
  });

  it('is let go when the server ended it and no BYE came', async () => {
    const leg = line().rings('leg-1');
    await phone.answer(call());
    phone.follow(call({ phase: 'wrap-up' }));
    timers.pass(1_900);
    expect(leg.stage).toBe('talking');
    timers.pass(100);
    expect(leg.stage).toBe('ended');
  });

  it('survives a change of account: the old line stays until the call is over', async () => {
    const [first] = lines;
    const leg = line().rings('leg-1');
    await phone.answer(call());
    server.answers['lead-device'] = () => ok(account('agent-801-b'));
    server.reconnects();
    await settled();
    expect(first?.stopped).toBe(false);
    leg.farEndGoes();
    expect(first?.stopped).toBe(true);
    expect(line().stopped).toBe(false);
  });
});
