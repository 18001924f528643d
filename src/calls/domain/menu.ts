import type { FlowStep, FlowStepOf, PromptRef } from '../../contracts/flow.js';
import type { FactOf } from '../../contracts/timeline.js';
import { promptsOf, stepOf } from '../../flows/domain/flow-graph.js';
import { isOpen } from '../../flows/domain/opening-hours.js';
import type { CallModel } from './call-model.js';
import { type Source, type Told, tell } from './decision.js';
import { digitHeard } from './digits.js';
import { ledBy, type MenuModel, type MenuRules } from './menu-model.js';

/*
 * How a caller is led through a flow before the queue:
 *
 *   opening ─▶ start ─▶ announce │ menu │ hours ─▶ … ─▶ queue │ end
 *
 * The caller waits with music in one place all the time and prompts are played over it, so that there is a word or music
 * at every moment. Whatever goes wrong leads into a queue: of the flow, else of the number that was dialled.
 */

type Via = FactOf<'menu.entered'>['data']['via'];
type Why = FactOf<'menu.left'>['data']['why'];

/** One decision on a caller's way. `because`: what led the caller so far; `passed`: the steps of this decision. */
interface Walk {
  call: CallModel;
  rules: MenuRules;
  at: number;
  because: Why;
  passed: readonly string[];
}

/** Of the first thing that every caller hears, which is no step: no step may have such an id. */
const openingId = '*opening';

/** The caller is in the flow: it can still be led on. */
export function inMenu(call: CallModel): call is CallModel & { menu: MenuModel } {
  return call.state === 'menu' && call.menu !== null && call.menu.leftAt === null;
}

const walkOf = (call: CallModel, rules: MenuRules, at: number): Walk => ({
  call,
  rules,
  at,
  because: call.menu?.because ?? 'passed',
  passed: [],
});

/** The line is open: the opening, or the first step at once. */
export function menuBegins(call: CallModel, rules: MenuRules, at: number): Told[] {
  const { document } = rules;
  const walk = walkOf(call, rules, at);
  if (!document) return [...recordingDue(call, at), ...toQueue(walk, openingId, 'flow-gone')];
  const sound = firstSound(rules, document.opening);
  if (sound === undefined) return [...recordingDue(call, at), ...enter(walk, document.start, 'start')];
  const opening = { id: openingId, name: document.name, kind: 'opening' } as const;
  return [entered(walk, opening, 'start'), prompt(call, sound, at)];
}

/** Where recording waits for the opening it begins now. */
function recordingDue({ arrival }: CallModel, at: number): Told[] {
  return arrival.flow?.recording === 'after-opening' ? [tell(at, 'system', 'recording.due', {})] : [];
}

/** A prompt is over: the next one, or on with the flow. */
export function menuGoesOn(call: CallModel, rules: MenuRules, at: number): Told[] {
  if (!inMenu(call)) return [];
  const { menu } = call;
  const walk = walkOf(call, rules, at);
  const { document } = rules;
  if (!document) return toQueue(walk, menu.stepId, 'flow-gone');
  const next = soundsNow(menu, rules)[menu.played];
  if (next !== undefined) return [prompt(call, next, at)];
  if (menu.stepKind === 'opening')
    return [...recordingDue(call, at), ...enter(walk, document.start, 'start')];
  const step = stepOf(document, menu.stepId);
  if (!step) return toQueue(walk, menu.stepId, 'flow-gone');
  return step.kind === 'menu' ? [] : after(walk, step);
}

/** A key of the caller's. It cuts off what is being said, in the opening nothing. */
export function menuTakesDigit(call: CallModel, rules: MenuRules, digit: string, at: number): Told[] {
  if (!inMenu(call)) return [];
  const step = rules.document && stepOf(rules.document, call.menu.stepId);
  const walk = walkOf(call, rules, at);
  if (step?.kind === 'menu') return [...cutOff(call, at), ...answered(walk, step, digit)];
  const heard = digitHeard(call, 'customer', digit, at);
  if (step?.kind !== 'announce' || !step.skippable) return heard;
  const next = rules.document && stepOf(rules.document, step.next);
  // Who knows the menu need not listen to what comes before it.
  if (
    next?.kind === 'menu' &&
    next.choices.some((choice) => choice.digit === digit) &&
    mayEnter(walk, next.id)
  )
    return [...cutOff(call, at), entered(walk, next, 'next'), ...answered(walk, next, digit)];
  return [...heard, ...cutOff(call, at), ...after(walk, step)];
}

/** Nobody pressed a key in time. */
export function menuTimedOut(call: CallModel, rules: MenuRules, at: number): Told[] {
  const step = asking(call, rules);
  if (!step) return menuGoesOn(call, rules, at);
  const timedOut = tell(at, 'system', 'menu.timed-out', { stepId: step.id });
  return [timedOut, ...askedAgain(walkOf(call, rules, at), step, false)];
}

/** When `menuTimedOut` is due; null: something is being said. Where nothing is asked (any more) nothing is waited for. */
export function menuTimeout(call: CallModel, rules: MenuRules): number | null {
  if (!inMenu(call) || call.promptId !== null) return null;
  return (call.menu.quietSince ?? call.stateSince) + (asking(call, rules)?.waitMs ?? 0);
}

/** Nothing was heard of the engine for a while: what was being said may have ended, or the end of the line got lost. */
export function menuResumes(call: CallModel, rules: MenuRules, at: number): Told[] {
  if (call.state !== 'menu' || !call.menu) return [];
  const { menu } = call;
  if (menu.to === 'end') return [left(walkOf(call, rules, at), menu.stepId, menu.because, 'end')];
  return call.promptId === null ? [] : [...cutOff(call, at, 'system'), ...menuGoesOn(call, rules, at)];
}

function asking(call: CallModel, rules: MenuRules): FlowStepOf<'menu'> | undefined {
  if (!inMenu(call) || !rules.document) return undefined;
  const step = stepOf(rules.document, call.menu.stepId);
  return step?.kind === 'menu' ? step : undefined;
}

function answered(walk: Walk, step: FlowStepOf<'menu'>, digit: string): Told[] {
  const choice = step.choices.find((each) => each.digit === digit);
  const known = choice !== undefined;
  const label = choice ? { label: choice.label } : {};
  const pressed = { stepId: step.id, stepName: step.name, digit, known, ...label };
  const told = tell(walk.at, 'customer', 'menu.digit', pressed);
  return [told, ...(choice ? enter(walk, choice.next, 'digit') : askedAgain(walk, step, true))];
}

/** The menu is said once more, unless it has been asked often enough: then the way that is meant for it. */
function askedAgain(walk: Walk, step: FlowStepOf<'menu'>, wrongKey: boolean): Told[] {
  const { call, rules, at } = walk;
  const failed = (call.menu?.stepId === step.id ? call.menu.failed : 0) + 1;
  if (failed >= step.tries) {
    if (step.otherwise !== null) return enter(walk, step.otherwise, 'otherwise');
    return toQueue(walk, step.id, 'exhausted');
  }
  const sound = firstSound(rules, spoken(rules, step, wrongKey));
  return sound === undefined ? [] : [prompt(call, sound, at)];
}

const mayEnter = ({ call, rules, passed }: Walk, stepId: string): boolean =>
  !passed.includes(stepId) && (call.menu?.rounds[stepId] ?? 0) < (rules.document?.maxRounds ?? 0);

/** The caller comes to a step, and through those that need neither prompt nor key. */
function enter(from: Walk, stepId: string, via: Via): Told[] {
  const walk = { ...from, because: ledBy(from.because, via) };
  const step = walk.rules.document && stepOf(walk.rules.document, stepId);
  if (!step) return toQueue(walk, stepId, 'flow-gone');
  if (!mayEnter(walk, stepId)) return toQueue(walk, stepId, 'looped');
  if (step.kind === 'queue') return toQueue(walk, stepId, walk.because, step.queueId);
  const here = { ...walk, passed: [...walk.passed, stepId] };
  const came = entered(walk, step, via);
  if (step.kind === 'hours') {
    const open = isOpen(step, walk.at, walk.rules.timeZone);
    return [came, ...(open ? enter(here, step.open, 'open') : enter(here, step.closed, 'closed'))];
  }
  const sound = firstSound(walk.rules, step.prompts);
  if (sound !== undefined) return [came, prompt(walk.call, sound, walk.at)];
  // Its prompts are gone: a menu can still be answered, of the others nothing is left to hear.
  return step.kind === 'menu' ? [came] : [came, ...after(here, step)];
}

/** All has been said at a step that asks nothing. */
function after(walk: Walk, step: FlowStep): Told[] {
  if (step.kind === 'announce') return enter(walk, step.next, 'next');
  return [left(walk, step.id, walk.because, 'end')];
}

function toQueue(walk: Walk, stepId: string, why: Why, queueId?: string): Told[] {
  const { call, rules, at } = walk;
  const name = queueId === undefined ? undefined : rules.queues.get(queueId);
  const home = call.arrival.returnQueue;
  if (!home) throw new Error(`call ${call.id} has no queue to go to`);
  const queue = queueId !== undefined && name !== undefined ? { id: queueId, name } : home;
  return [
    left(walk, stepId, queueId !== undefined && name === undefined ? 'flow-gone' : why, 'queue'),
    tell(at, 'system', 'queue.entered', { queueId: queue.id, queueName: queue.name, front: false }),
  ];
}

const left = ({ at }: Walk, stepId: string, why: Why, to: 'queue' | 'end'): Told =>
  tell(at, 'system', 'menu.left', { stepId, why, to });

function entered(
  { rules, at }: Walk,
  step: { id: string; name: string; kind: MenuModel['stepKind'] },
  via: Via,
): Told {
  return tell(at, 'system', 'menu.entered', {
    flowId: rules.flowId,
    flowVersion: rules.version,
    stepId: step.id,
    stepName: step.name,
    stepKind: step.kind,
    via,
  });
}

/** What is being said stops, for what the caller did. */
function cutOff({ promptId }: CallModel, at: number, source: Source = 'customer'): Told[] {
  return promptId === null ? [] : [tell(at, source, 'prompt.finished', { promptId })];
}

const prompt = (call: CallModel, sound: string, at: number): Told =>
  tell(at, 'system', 'prompt.started', { promptId: `prompt-${call.id}-${call.promptsPlayed + 1}`, sound });

/** What the caller hears where they are, one after the other. */
function soundsNow(menu: MenuModel, rules: MenuRules): string[] {
  const { document } = rules;
  if (!document) return [];
  if (menu.stepKind === 'opening') return soundsOf(rules, document.opening);
  const step = stepOf(document, menu.stepId);
  return step ? soundsOf(rules, spoken(rules, step, menu.wrongKey)) : [];
}

function spoken({ document }: MenuRules, step: FlowStep, wrongKey: boolean): PromptRef[] {
  const sorry = wrongKey && document?.wrongKey ? [document.wrongKey] : [];
  return [...sorry, ...promptsOf(step)];
}

/** Prompts that have gone are passed over. */
const soundsOf = (rules: MenuRules, refs: readonly PromptRef[]): string[] =>
  refs.flatMap((ref) => rules.soundOf(ref) ?? []);

const firstSound = (rules: MenuRules, refs: readonly PromptRef[]): string | undefined =>
  soundsOf(rules, refs)[0];
