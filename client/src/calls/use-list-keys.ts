import { useEffect, useState } from 'react';
import { usePageKeys } from './page-keys';

/** Arrow keys move a cursor over a list's rows, Enter opens the one under it. */
export function useListKeys(ids: readonly string[], open: (id: string) => void): string | null {
  const [activeId, setActive] = useState<string | null>(null);
  const place = activeId === null ? -1 : ids.indexOf(activeId);
  const go = (to: number) => {
    const id = ids[Math.min(ids.length - 1, Math.max(0, to))];
    if (id !== undefined) setActive(id);
  };
  usePageKeys({
    arrowdown: () => go(place + 1),
    arrowup: () => go(place - 1),
    home: () => go(0),
    end: () => go(ids.length - 1),
    enter: activeId !== null && place !== -1 && (() => open(activeId)),
  });
  useEffect(() => {
    if (activeId !== null)
      document
        .querySelector(`[data-row-key="${CSS.escape(activeId)}"]`)
        ?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  return activeId;
}
