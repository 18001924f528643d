import { usePageKeys } from '../calls/page-keys';
import { skipMs } from '../calls/recording/player-bar';
import type { RecordingPlayer } from '../calls/recording/recording-player';
import { quickScores } from './score-draft';
import type { ReviewActions } from './use-review-actions';

interface ReviewKeys {
  player: RecordingPlayer | null;
  activeClause: string | null;
  actions: ReviewActions;
  readOnly: boolean;
  onNote: () => void;
  onNext: () => void;
}

/** The review without a mouse: space and arrows for the sound, up and down for the items, one key a decision. */
export function useReviewKeys({ player, activeClause, actions, readOnly, onNote, onNext }: ReviewKeys): void {
  const onActive = (act: (clause: string) => void) =>
    !readOnly && activeClause !== null && (() => act(activeClause));
  const scores = quickScores.map((share, key): [string, false | (() => void)] => [
    String(key),
    onActive((clause) => actions.score(clause, share)),
  ]);
  usePageKeys({
    ...Object.fromEntries(scores),
    ' ': player !== null && (() => player.toggle()),
    arrowleft: player !== null && (() => player.skip(-skipMs)),
    arrowright: player !== null && (() => player.skip(skipMs)),
    arrowup: () => actions.step(-1),
    arrowdown: () => actions.step(1),
    enter: onActive(actions.accept),
    o: onActive(actions.overturn),
    x: onActive((clause) => actions.score(clause, null)),
    n: !readOnly && onNote,
    ']': onNext,
  });
}
