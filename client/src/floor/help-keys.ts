import type { Press } from '../desk/key-bindings';

type Way = 'listen' | 'whisper' | 'join' | 'take-over' | 'leave';

/** What a key press does for a lead who is in a call; nothing while text is typed or with a modifier. */
export function actionOfHelp(
  press: Press,
  typing: boolean,
  keyOf: Readonly<Record<Way, string>>,
  actions: Partial<Record<Way, () => void>>,
): (() => void) | undefined {
  if (typing || press.ctrlKey || press.metaKey || press.altKey || press.isComposing || press.repeat)
    return undefined;
  const way = Object.entries(keyOf).find(([, key]) => press.code === `Key${key}`)?.[0];
  return way ? actions[way as Way] : undefined;
}
