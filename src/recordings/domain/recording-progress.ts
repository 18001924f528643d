import type { RecordingState } from '../../contracts/recording.js';
import { machine } from '../../kernel/state-machine.js';

/*
 *   recording ──finished──▶ finished ──stored──▶ stored
 *                             │   ▲                ▲
 *                          failed finished         │
 *                             ▼   │                │
 *                            failed ─────stored────┘     (failed again: stays failed)
 */
export type RecordingStep = 'finished' | 'stored' | 'failed';

/** How a recording comes to rest. Nothing leaves `stored`: late and repeated events change nothing there. */
export const recordingProgress = machine<RecordingState, RecordingStep>('recording', ['stored'], {
  recording: { finished: 'finished' },
  finished: { stored: 'stored', failed: 'failed' },
  failed: { finished: 'finished', stored: 'stored', failed: 'failed' },
  stored: {},
});

const minute = 60_000;
const delays = [5_000, 15_000, minute, 5 * minute, 15 * minute];
const longestDelay = 60 * minute;
const givenUpAfter = 7 * 24 * 60 * minute;

/** When work that failed `attempts` times is tried again. */
export function nextAttemptAt(attempts: number, now: number): number {
  return now + (delays[attempts - 1] ?? longestDelay);
}

/**
 * A recording that could not be stored for a week is not tried any more by itself. Its reason stays, and the engine's
 * copy is not removed.
 */
export function isGivenUp(finishedAt: number, now: number): boolean {
  return now - finishedAt >= givenUpAfter;
}
