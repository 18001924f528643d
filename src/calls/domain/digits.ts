import type { Speaker } from '../../contracts/timeline.js';
import type { CallModel } from './call-model.js';
import { type Told, tell } from './decision.js';

/** Nobody presses so many keys in one call; a stuck key or a script does. */
export const digitsWritten = 100;

/** So many keys came that the rest is neither written down nor acted on. */
export const isFlooded = ({ digits }: CallModel, who: Speaker): boolean => digits[who] >= digitsWritten;

/** A key as it is written down: each by itself, then one word for all the rest. */
export function digitHeard(call: CallModel, who: Speaker, digit: string, at: number): Told[] {
  if (!isFlooded(call, who)) return [tell(at, who, 'digit.received', { digit, who })];
  return call.digits[who] === digitsWritten ? [tell(at, 'system', 'digit.flooded', { who })] : [];
}
