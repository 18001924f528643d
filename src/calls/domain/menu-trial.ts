import type { FlowTrial, FlowWalk } from '../../contracts/flow-trial.js';
import type { TimelineEvent } from '../../contracts/timeline.js';
import { advance } from './advance.js';
import type { CallModel } from './call-model.js';
import { iso, type Told, tell } from './decision.js';
import { inMenu, menuBegins, menuGoesOn, menuTakesDigit, menuTimedOut } from './menu.js';
import type { MenuRules } from './menu-model.js';

/** A call that only exists while a flow is tried. */
class Trial {
  readonly facts: TimelineEvent[] = [];
  private model: CallModel | null = null;

  constructor(
    private readonly callId: string,
    private readonly at: number,
  ) {}

  get call(): CallModel {
    if (!this.model) throw new Error('the trial has not begun');
    return this.model;
  }

  tell(told: readonly Told[]): void {
    for (const { source, fact } of told) {
      const seq = this.facts.length + 1;
      const event = { callId: this.callId, seq, at: iso(this.at), source, ...fact } as TimelineEvent;
      this.model = advance(this.model, event);
      this.facts.push(event);
    }
  }
}

const arrival = (
  rules: MenuRules,
  home: { id: string; name: string },
  number: string,
  at: number,
): Told[] => [
  tell(at, 'engine', 'call.arrived', {
    direction: 'inbound',
    channel: 'trunk',
    fromNumber: '',
    fromName: '',
    dialled: number,
    legId: 'trial',
    policyVersion: 1,
    serviceName: home.name,
    returnQueue: home,
    flow: {
      flowId: rules.flowId,
      version: rules.version,
      recording: rules.document?.recording ?? 'with-opening',
    },
  }),
  tell(at, 'engine', 'line.opened', {}),
];

/**
 * Walks through a flow as a caller would who hears every prompt to its end and then gives these answers, by the very
 * decisions that lead real calls. `home`: the queue of the number.
 */
export function tryFlow(
  rules: MenuRules,
  { number, at, answers }: Pick<FlowTrial, 'number' | 'answers'> & { at: number },
  home: { id: string; name: string },
): FlowWalk {
  const trial = new Trial(crypto.randomUUID(), at);
  trial.tell(arrival(rules, home, number, at));
  trial.tell(menuBegins(trial.call, rules, at));
  const left = [...answers];
  while (inMenu(trial.call)) {
    const { call } = trial;
    if (call.promptId !== null) {
      trial.tell([tell(at, 'engine', 'prompt.finished', { promptId: call.promptId })]);
      trial.tell(menuGoesOn(trial.call, rules, at));
      continue;
    }
    const answer = left.shift();
    if (answer === undefined) return { facts: trial.facts, now: 'asks' };
    trial.tell(
      answer === 'nothing' ? menuTimedOut(call, rules, at) : menuTakesDigit(call, rules, answer, at),
    );
  }
  return { facts: trial.facts, now: trial.call.menu?.to ?? 'queue' };
}
