import type { TimelineEvent } from '@contracts/timeline';

/** What the customer chose in the menus before the queue, in order. */
export function menuChoices(timeline: readonly TimelineEvent[]): { digit: string; label: string }[] {
  return timeline.flatMap((event) =>
    event.kind === 'menu.digit' && event.data.known
      ? [{ digit: event.data.digit, label: event.data.label ?? '' }]
      : [],
  );
}
