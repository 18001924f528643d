/** For each state, which event kinds it takes and where each leads. Kinds that are not named leave the state as it is. */
export type Moves<State extends string, Kind extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Kind, State>>>>
>;

/** What a table allows: asked by transitions, drawn by docs, checked once when its file is loaded. */
export interface Machine<State extends string, Kind extends string> {
  readonly initial: State;
  readonly states: readonly State[];
  /** Where `kind` leads from `state`, or undefined when it is not a move there. */
  next(state: State, kind: Kind): State | undefined;
}

/**
 * Builds a machine from its table and checks it: every target exists, every state can be reached, every state without
 * moves is declared final. Throws at start-up, so that a wrong table never runs.
 */
export function machine<State extends string, Kind extends string>(
  initial: State,
  finals: readonly State[],
  moves: Moves<State, Kind>,
): Machine<State, Kind> {
  const states = Object.keys(moves) as State[];
  const targetsOf = (state: State) => Object.values(moves[state] ?? {}) as State[];
  const reached = new Set<State>([initial]);
  for (const state of reached) for (const target of targetsOf(state)) reached.add(target);
  for (const state of states) {
    if (!reached.has(state)) throw new Error(`state machine: ${state} cannot be reached from ${initial}`);
    const final = targetsOf(state).length === 0;
    if (final !== finals.includes(state))
      throw new Error(`state machine: ${state} is ${final ? '' : 'not '}final`);
  }
  for (const target of reached) {
    if (!states.includes(target)) throw new Error(`state machine: move to ${target}, which is not a state`);
  }
  return { initial, states, next: (state, kind) => moves[state][kind] };
}
