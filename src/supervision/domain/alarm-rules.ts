import type { Alarm } from '../../contracts/floor.js';
import type { FactKind, TimelineEvent } from '../../contracts/timeline.js';

type Rule = Pick<Alarm, 'level' | 'code' | 'clause'>;

const holds = {
  'hold.reminded': { level: 'reminder', code: 'hold.reminder', clause: '26.5' },
  'hold.limit-reached': { level: 'limit', code: 'hold.limit', clause: '26.4' },
  'hold.ceiling-reached': { level: 'ceiling', code: 'hold.ceiling', clause: '24.14' },
  'hold.by-device': { level: 'breach', code: 'hold.by-device', clause: '24.13' },
  // The customer is back in the queue without having been asked.
  'agent.lost': { level: 'breach', code: 'agent.lost', clause: '24.13' },
} as const satisfies Record<string, Rule>;

const missed = {
  'three-rings': 'ring.missed',
  rejected: 'ring.rejected',
  'device-lost': 'ring.unreachable',
  unreachable: 'ring.unreachable',
  failed: 'ring.unreachable',
} as const;

/** The kinds of facts that may alarm. */
export const alarmingKinds: readonly FactKind[] = [
  ...(Object.keys(holds) as (keyof typeof holds)[]),
  'help.called',
  'transfer.failed',
  'quality.dropped',
  'ring.missed',
];

/** What a fact alarms the team lead about, and whom it concerns; undefined for most facts. */
export function alarmOf(event: TimelineEvent): (Rule & { agentId: string }) | undefined {
  switch (event.kind) {
    case 'hold.reminded':
    case 'hold.limit-reached':
    case 'hold.ceiling-reached':
    case 'hold.by-device':
    case 'agent.lost':
      return { ...holds[event.kind], agentId: event.data.agentId };
    case 'agent.away':
      return { level: 'missed', code: 'agent.away', clause: '24.13', agentId: event.data.agentId };
    case 'microphone.lost':
      return { level: 'missed', code: 'microphone.lost', clause: '23.9', agentId: event.data.agentId };
    case 'help.called':
      return { level: 'help', code: 'help.called', clause: '20', agentId: event.data.agentId };
    case 'transfer.failed':
      return event.data.why === 'initiator-left'
        ? { level: 'breach', code: 'transfer.failed', clause: '26.7', agentId: event.data.agentId }
        : undefined;
    case 'quality.dropped':
      return { level: 'missed', code: 'sound.bad', clause: '23.9', agentId: event.data.agentId };
    case 'ring.missed':
      return { level: 'missed', code: missed[event.data.why], clause: '26.1', agentId: event.data.agentId };
    default:
      return undefined;
  }
}
