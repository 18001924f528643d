import { useEffect, useRef } from 'react';
import { actionOf, type DeskAction, takesText } from './key-bindings';

/** Runs the action of a key while the desk is shown; an action that is not given does nothing. */
export function useDeskKeys(actions: Partial<Record<DeskAction, () => void>>): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const action = actionOf(event, takesText(event.target));
      const run = action && latest.current[action];
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
