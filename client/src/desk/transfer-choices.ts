import type { TargetWish, TransferTargets } from '@contracts/transfer';

/** Somebody whom the customer may be put through to, as a line of the list. */
export interface TransferChoice {
  key: string;
  wish: TargetWish;
  kind: TargetWish['kind'];
  /** An agent's number, or what is dialled. */
  number: string;
  zh: string;
  en: string;
  /** An agent's state; null for others. */
  state: string | null;
  agentsReady: number | null;
  waiting: number | null;
  /** Can be asked now. */
  free: boolean;
}

const none = { state: null, agentsReady: null, waiting: null, free: true } as const;
const looksDialled = /^[+0-9０-９][-+0-9０-９ ()（）－]{2,}$/;

/**
 * Whom the typed text finds: by name, number, or a number outside that is dialled as it is. Those who can answer come
 * first, and everybody else stays in view with the reason.
 */
export function transferChoices(targets: TransferTargets, typed: string): TransferChoice[] {
  const text = typed.trim().toLowerCase();
  const agents = targets.agents
    .filter(({ state, free }) => free || state !== 'offline')
    .map(
      ({ id, number, name, state, free }): TransferChoice => ({
        ...none,
        key: `agent-${number}`,
        kind: 'agent',
        wish: { kind: 'agent', agentId: id },
        number,
        zh: name,
        en: name,
        state,
        free,
      }),
    );
  const queues = targets.queues.map(
    ({ id, name, agentsReady, waiting }): TransferChoice => ({
      ...none,
      key: `queue-${id}`,
      kind: 'queue',
      wish: { kind: 'queue', queueId: id },
      number: '',
      zh: name,
      en: name,
      agentsReady,
      waiting,
    }),
  );
  const departments = targets.departments.map(
    ({ id, zh, en, number }): TransferChoice => ({
      ...none,
      key: `department-${number}`,
      kind: 'department',
      wish: { kind: 'department', entryId: id },
      number,
      zh,
      en,
    }),
  );
  const known = [
    ...agents.filter(({ free }) => free),
    ...queues,
    ...departments,
    ...agents.filter(({ free }) => !free),
  ];
  const found = known.filter((choice) =>
    [choice.number, choice.zh, choice.en].some((part) => part.toLowerCase().includes(text)),
  );
  if (!looksDialled.test(typed.trim()) || found.some(({ number }) => number === text)) return found;
  return [...found, dialled(typed.trim())];
}

const dialled = (number: string): TransferChoice => ({
  ...none,
  key: 'number',
  kind: 'number',
  wish: { kind: 'number', number },
  number,
  zh: '',
  en: '',
});
