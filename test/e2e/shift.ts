import { setTimeout as pause } from 'node:timers/promises';
import { fullWrapUp, type RobotAgent } from './robot-agent.js';

/** An agent at work: what it did, to be held against the record. */
export interface Shift {
  /** Holds that took effect, by call. */
  holds: Map<string, number>;
  /** Ends the shift after the call in hand. */
  over(): Promise<void>;
}

/**
 * Lets an agent take call after call with random manners: answers after a moment (and now and then not at all), holds or
 * does not, hangs up on those who stay (numbers 137…), wraps up. The pauses are the behaviour under test, not a wait for
 * something.
 */
export function workShift(agent: RobotAgent, random: () => number): Shift {
  const holds = new Map<string, number>();
  let working = true;
  const upTo = (ms: number) => pause(80 + random() * ms);

  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      // The customer may go at any moment: the command is refused and the desk shows why.
      if (agent.phase() === 'wrap-up' || agent.desk === null) return false;
      throw error;
    }
  };

  const talk = async (callId: string, stays: boolean) => {
    await upTo(400);
    if (agent.phase() === 'talking' && random() < 0.5) {
      const held = await attempt(async () => {
        await agent.does('hold-call', { reason: 'check-record', consent: true, limitMs: 30_000 });
        await agent.untilNot('talking');
      });
      if (held && agent.desk?.holds) holds.set(callId, agent.desk.holds);
      await upTo(500);
      if (agent.phase() === 'held') await attempt(() => agent.resumes());
    }
    await upTo(300);
    if (stays) await attempt(() => agent.does('hang-up-call', { reason: 'wrong-number' }));
    await agent.untilNot('talking');
    await agent.untilNot('held');
    holds.set(callId, agent.desk?.holds ?? holds.get(callId) ?? 0);
    await agent.wrapsUp(fullWrapUp);
  };

  const takeOne = async () => {
    // After a missed call; refused, and asked again, when the next one has begun to ring meanwhile.
    if (agent.presence === 'not-ready') await agent.socket.command('set-presence', { state: 'ready' });
    const { desk } = agent;
    const { call } = agent.phone;
    if (desk?.phase !== 'ringing' || call?.state !== 'ringing') return pause(50).then(() => undefined);
    const { callId, fromNumber } = desk;
    await upTo(500);
    if (random() < 0.03) {
      await agent.untilNot('ringing');
      return;
    }
    if (agent.phase() !== 'ringing') return;
    call.answer();
    await agent.untilNot('ringing');
    if (agent.desk?.callId === callId && agent.phase() !== 'wrap-up')
      await talk(callId, fromNumber.startsWith('137'));
    else if (agent.phase() === 'wrap-up') await agent.wrapsUp(fullWrapUp);
  };

  const work = (async () => {
    while (working) await takeOne();
  })();
  return {
    holds,
    over: async () => {
      working = false;
      await work;
    },
  };
}
