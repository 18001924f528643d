import type { Fact } from '@contracts/timeline';
import type { Target } from '@contracts/transfer';
import type { Naming, Sentence } from './sentence';

const sentence = (key: string, params: Sentence['params'] = {}, words: Sentence['words'] = {}): Sentence => ({
  key: `facts.${key}`,
  params,
  words,
});

const targetParams = ({ name, number }: Target) => ({ name, number: number ?? '' });

/** What happened with a transfer, its target, or another party in the talk; null: the fact is of another part. */
export function transferSentence(fact: Fact, agent: string, naming: Naming): Sentence | null {
  switch (fact.kind) {
    case 'transfer.declined': {
      const { target, reason } = fact.data;
      const params = { agent, reason: naming.transferReason(reason), ...targetParams(target) };
      return sentence(fact.kind, params, { target: `target.${target.kind}` });
    }
    case 'transfer.requested': {
      const { target, reason, mode } = fact.data;
      const params = { agent, reason: naming.transferReason(reason), ...targetParams(target) };
      return sentence(fact.kind, params, {
        target: `target.${target.kind}`,
        mode: `transferMode.${mode}`,
      });
    }
    case 'transfer.swapped':
      return sentence(fact.kind, { agent }, { with: `swapped.${fact.data.with}` });
    case 'transfer.completed':
      return sentence(fact.data.how === 'by-agent' ? fact.kind : 'transfer.completed-left', { agent });
    case 'transfer.failed': {
      const gone = ['customer-left', 'initiator-left', 'initiator-away'].includes(fact.data.why);
      const why = { why: `transferFailure.${fact.data.why}` };
      return sentence(gone ? 'transfer.failed-gone' : fact.kind, { agent }, why);
    }
    case 'charge.passed':
      return sentence(fact.kind, { agent }, { why: `chargeWhy.${fact.data.why}` });
    case 'member.left':
      return sentence(fact.kind, { agent }, { by: `memberLeft.${fact.data.by}` });
    case 'party.dialled':
      return sentence(fact.kind, { name: fact.data.name, number: fact.data.number });
    case 'party.refused':
      return sentence(fact.kind, {}, { why: `partyRefusal.${fact.data.why}` });
    case 'party.left':
      return sentence(fact.kind, {}, { by: `partyLeft.${fact.data.by}` });
    default:
      return null;
  }
}

/** What happened with a lead's help, an outbound call's dialling, the menu before the queue, or the sound. */
export function otherSentence(fact: Fact, agent: string, naming: Naming): Sentence | null {
  switch (fact.kind) {
    case 'help.requested':
    case 'help.mode-requested':
    case 'help.started': {
      const params = { agent, lead: fact.data.leadName };
      return sentence(fact.kind, params, { mode: `helpMode.${fact.data.mode}` });
    }
    case 'help.answered':
    case 'help.took-over':
      return sentence(fact.kind, { agent, lead: fact.data.leadName });
    case 'help.ended':
      return sentence(fact.kind, { agent, lead: fact.data.leadName }, { why: `helpEnding.${fact.data.why}` });
    case 'dial.prepared':
      return sentence(fact.kind, { agent, purpose: naming.purpose(fact.data.purpose) });
    case 'dial.refused':
      return sentence(fact.kind, { agent }, { why: `partyRefusal.${fact.data.why}` });
    case 'menu.entered':
      return sentence(fact.kind, { step: fact.data.stepName });
    case 'menu.digit':
      return fact.data.known
        ? sentence(fact.kind, { digit: fact.data.digit, label: fact.data.label ?? '' })
        : sentence('menu.digit-unknown', { digit: fact.data.digit });
    case 'menu.left':
      return sentence(fact.kind, {}, { why: `menuLeft.${fact.data.why}`, to: `menuTo.${fact.data.to}` });
    case 'quality.dropped': {
      const { mos, lossShare, jitterMs } = fact.data;
      const params = {
        mos: mos.toFixed(1),
        loss: (lossShare * 100).toFixed(1),
        jitter: Math.round(jitterMs),
      };
      return sentence(fact.kind, params, { who: `by.${fact.data.side}` });
    }
    case 'quality.recovered':
      return sentence(fact.kind, {}, { who: `by.${fact.data.side}` });
    default:
      return null;
  }
}
