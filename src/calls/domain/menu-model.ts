import type { FlowDocument, PromptRef } from '../../contracts/flow.js';
import type { FactOf, TimelineEvent } from '../../contracts/timeline.js';

/** What leads a caller before the queue: read anew for each decision, since queues and prompts may go meanwhile. */
export interface MenuRules {
  flowId: string;
  version: number;
  /** Null: the flow cannot be read any more. */
  document: FlowDocument | null;
  /** The house's. */
  timeZone: string;
  /** Names of the queues there are. */
  queues: ReadonlyMap<string, string>;
  /** The engine's name of a prompt's sound; undefined: it has gone. */
  soundOf(ref: PromptRef): string | undefined;
}

type LeftWhy = FactOf<'menu.left'>['data']['why'];

/** How far a caller has come in the flow. Times are ms since the epoch, from the facts' `at`. */
export interface MenuModel {
  stepId: string;
  stepName: string;
  stepKind: FactOf<'menu.entered'>['data']['stepKind'];
  /** Prompts of the step that have begun since it was entered or asked again. */
  played: number;
  /** Wrong or missing answers at this step. */
  failed: number;
  /** The last answer was a key that is not offered. */
  wrongKey: boolean;
  /** Since when nothing has been said; null while a prompt plays. */
  quietSince: number | null;
  /** How often each step was entered. */
  rounds: Readonly<Record<string, number>>;
  /** What the caller was led by last. */
  because: LeftWhy;
  /** What the caller chose, in order. */
  choices: readonly { stepName: string; digit: string; label: string }[];
  leftAt: number | null;
  /** Where the flow led in the end. */
  to: FactOf<'menu.left'>['data']['to'] | null;
}

const becauseOf = {
  start: undefined,
  next: undefined,
  open: undefined,
  digit: 'chosen',
  closed: 'closed',
  otherwise: 'exhausted',
} as const satisfies Record<FactOf<'menu.entered'>['data']['via'], LeftWhy | undefined>;

/** What the caller is led by after coming to a step that way. */
export function ledBy(before: LeftWhy, via: FactOf<'menu.entered'>['data']['via']): LeftWhy {
  return becauseOf[via] ?? before;
}

function entered(menu: MenuModel | null, { data, at }: FactAt<'menu.entered'>): MenuModel {
  const { stepId, stepName, stepKind, via } = data;
  const rounds = menu?.rounds ?? {};
  return {
    stepId,
    stepName,
    stepKind,
    played: 0,
    failed: 0,
    wrongKey: false,
    quietSince: at,
    rounds: { ...rounds, [stepId]: (rounds[stepId] ?? 0) + 1 },
    because: ledBy(menu?.because ?? 'passed', via),
    choices: menu?.choices ?? [],
    leftAt: null,
    to: null,
  };
}

type FactAt<K extends TimelineEvent['kind']> = { data: FactOf<K>['data']; at: number };

function pressed(menu: MenuModel, { data, at }: FactAt<'menu.digit'>): MenuModel {
  const { known, stepName, digit, label = '' } = data;
  if (known) return { ...menu, choices: [...menu.choices, { stepName, digit, label }] };
  return { ...menu, played: 0, failed: menu.failed + 1, wrongKey: true, quietSince: at };
}

/** The caller's way through the flow after a fact; null: the call has had none. */
export function advanceMenu(menu: MenuModel | null, event: TimelineEvent, at: number): MenuModel | null {
  if (event.kind === 'menu.entered') return entered(menu, { data: event.data, at });
  if (!menu || menu.leftAt !== null) return menu;
  switch (event.kind) {
    case 'menu.digit':
      return pressed(menu, { data: event.data, at });
    case 'menu.timed-out':
      return { ...menu, played: 0, failed: menu.failed + 1, wrongKey: false, quietSince: at };
    case 'prompt.started':
      return { ...menu, played: menu.played + 1, quietSince: null };
    case 'prompt.finished':
      return { ...menu, quietSince: at };
    case 'menu.left':
      return { ...menu, leftAt: at, to: event.data.to, because: event.data.why };
    default:
      return menu;
  }
}
