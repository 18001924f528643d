import type { Alarm } from '../../contracts/floor.js';
import type { FactKind, FactOf, TimelineEvent } from '../../contracts/timeline.js';

type Rule = Pick<Alarm, 'level' | 'code' | 'clause'>;
/** Facts of these kinds name the agent whom they concern. */
type AlarmingKind = {
  [K in FactKind]: FactOf<K>['data'] extends { agentId: string } ? K : never;
}[FactKind];

const missed = {
  'three-rings': 'ring.missed',
  rejected: 'ring.rejected',
  'device-lost': 'ring.unreachable',
  unreachable: 'ring.unreachable',
  failed: 'ring.unreachable',
} as const;

/** The one list of what alarms: a rule by the kind of fact, or how to tell it from what the fact says. */
const rules: { [K in AlarmingKind]?: Rule | ((data: FactOf<K>['data']) => Rule | undefined) } = {
  'hold.reminded': { level: 'reminder', code: 'hold.reminder', clause: '26.5' },
  'hold.limit-reached': { level: 'limit', code: 'hold.limit', clause: '26.4' },
  'hold.ceiling-reached': { level: 'ceiling', code: 'hold.ceiling', clause: '24.14' },
  'hold.by-device': { level: 'breach', code: 'hold.by-device', clause: '24.13' },
  // The customer is back in the queue without having been asked.
  'agent.lost': { level: 'breach', code: 'agent.lost', clause: '24.13' },
  'agent.away': { level: 'missed', code: 'agent.away', clause: '24.13' },
  'microphone.lost': { level: 'missed', code: 'microphone.lost', clause: '23.9' },
  'help.called': { level: 'help', code: 'help.called', clause: '20' },
  'transfer.failed': ({ why }) =>
    why === 'initiator-left' ? { level: 'breach', code: 'transfer.failed', clause: '26.7' } : undefined,
  'quality.dropped': { level: 'missed', code: 'sound.bad', clause: '23.9' },
  'ring.missed': ({ why }) => ({ level: 'missed', code: missed[why], clause: '26.1' }),
};

/** The kinds of facts that may alarm. */
export const alarmingKinds = Object.keys(rules) as readonly AlarmingKind[];

/** What a fact alarms the team lead about, and whom it concerns; undefined for most facts. */
export function alarmOf(event: TimelineEvent): (Rule & { agentId: string }) | undefined {
  const rule = rules[event.kind as AlarmingKind];
  if (!rule) return undefined;
  const data = event.data as { agentId: string };
  // The rule is the one of the fact's own kind.
  const found = typeof rule === 'function' ? (rule as (data: object) => Rule | undefined)(data) : rule;
  return found && { ...found, agentId: data.agentId };
}
