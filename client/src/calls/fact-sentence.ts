import type { EndedBy, Fact } from '@contracts/timeline';
import { callerOf } from './caller-of';
import { otherSentence, transferSentence } from './fact-sentence-parts';
import type { Naming, Sentence } from './sentence';
import { secondsText } from './time-text';

type Params = Sentence['params'];
type Words = Sentence['words'];

const sentence = (key: string, params: Params = {}, words: Words = {}): Sentence => ({
  key: `facts.${key}`,
  params,
  words,
});

const byWord = (by: EndedBy): Words => ({ by: `by.${by}` });
const whoWord = (who: 'customer' | 'agent'): Words => ({ who: `by.${who}` });

/**
 * What happened, as a sentence in the reader's language. One line a kind: a fact nobody can read is a fact nobody can
 * check.
 */
export function factSentence(fact: Fact, naming: Naming): Sentence {
  const agent = 'agentId' in fact.data ? naming.agent(fact.data.agentId) : '';
  switch (fact.kind) {
    case 'call.arrived': {
      if (fact.data.direction === 'outbound') {
        const number = callerOf(fact.data.dialled).shown;
        return sentence('call.arrived-outbound', { number, caller: fact.data.fromNumber });
      }
      const { visitor, shown } = callerOf(fact.data.fromNumber);
      const params = { number: shown, dialled: fact.data.dialled, service: fact.data.serviceName };
      if (visitor) return sentence('call.arrived-web', params);
      return sentence(fact.kind, params, { channel: `channel.${fact.data.channel}` });
    }
    case 'call.turned-away':
      return sentence(fact.kind, {}, { why: `turnedAway.${fact.data.why}` });
    case 'queue.entered':
      return sentence(fact.data.front ? 'queue.entered-again' : fact.kind, { queue: fact.data.queueName });
    case 'ring.offered':
      return fact.data.transferId
        ? sentence('ring.offered-transfer', { agent })
        : sentence(fact.kind, { agent, attempt: fact.data.attempt });
    case 'ring.missed':
      return sentence(fact.kind, { agent }, { why: `ringMissed.${fact.data.why}` });
    case 'speech.started':
      return sentence(fact.kind, { agent }, whoWord(fact.data.who));
    case 'speech.ended':
      return sentence(fact.kind, { agent, seconds: secondsText(fact.data.spokeMs) }, whoWord(fact.data.who));
    case 'digit.flooded':
      return sentence(fact.kind, {}, whoWord(fact.data.who));
    case 'digit.received':
      return sentence(fact.kind, { digit: fact.data.digit }, whoWord(fact.data.who));
    case 'digit.sent':
      return sentence(fact.kind, { agent, digits: fact.data.digits });
    case 'hold.granted':
      // Why a customer waits for a transfer is told with the transfer.
      return sentence(fact.data.transferId ? 'hold.granted-transfer' : fact.kind, {
        agent,
        reason: naming.holdReason(fact.data.reason),
        seconds: secondsText(fact.data.limitMs),
      });
    case 'hold.declined':
      return sentence(fact.kind, { agent, reason: naming.holdReason(fact.data.reason) });
    case 'hold.ended':
      return sentence(fact.kind, { agent, seconds: secondsText(fact.data.heldMs) });
    case 'hang-up.requested':
    case 'hang-up.carried-out':
      return fact.data.reason === null
        ? sentence(fact.kind, { agent })
        : sentence(`${fact.kind}-reason`, { agent, reason: naming.hangUpReason(fact.data.reason) });
    case 'agent.lost':
      return sentence(fact.kind, { agent }, { why: `agentLost.${fact.data.why}` });
    case 'agent.away':
      return sentence(fact.kind, { agent }, { why: `agentAway.${fact.data.why}` });
    case 'agent.recall-failed':
      return sentence(fact.kind, { agent }, { why: `ringMissed.${fact.data.why}` });
    case 'agent.back':
      return sentence(fact.kind, { agent, seconds: secondsText(fact.data.awayMs) });
    case 'customer.left':
    case 'call.ended':
      return sentence(fact.kind, { cause: fact.data.cause }, byWord(fact.data.by));
    case 'wrap-up.completed':
      return sentence(fact.kind, { agent, outcome: naming.outcome(fact.data.record.outcome) });
    case 'engine.gap':
      return sentence(fact.kind, {
        seconds: secondsText(Date.parse(fact.data.until) - Date.parse(fact.data.from)),
      });
    case 'node.retired':
      return sentence(fact.kind, { node: fact.data.node });
    default:
      return (
        transferSentence(fact, agent, naming) ??
        otherSentence(fact, agent, naming) ??
        sentence(fact.kind, { agent })
      );
  }
}

/** Facts that only fine-grained readers want: left out of the list until asked for. */
export const fineFacts: readonly Fact['kind'][] = [
  'speech.started',
  'speech.ended',
  'prompt.started',
  'prompt.finished',
  'mute.started',
  'mute.ended',
  'recording.started',
  'recording.finished',
];
