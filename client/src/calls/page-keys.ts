import { useEffect, useRef } from 'react';

/** Keys of a page by their names in lower case: `enter`, `n`, `arrowleft`, ` ` … False: no such key just now. */
export type PageKeys = Record<string, (() => void) | false | undefined>;

const typesText = (element: Element): boolean =>
  element instanceof HTMLTextAreaElement ||
  element instanceof HTMLSelectElement ||
  (element instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(element.type)) ||
  (element instanceof HTMLElement && element.isContentEditable);

/** Space and Enter belong to a control that was reached by keyboard; after a mouse press they are the page's. */
const wantsKey = (element: Element, key: string): boolean =>
  (key === ' ' || key === 'Enter') &&
  element.matches(
    'button:focus-visible, a:focus-visible, [role="button"]:focus-visible, summary:focus-visible',
  );

/** True when a key press belongs to the page: not to a field, a control, a dialog or the browser. */
function isPages(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
    return false;
  const { target } = event;
  if (!(target instanceof Element)) return true;
  if (typesText(target) || wantsKey(target, event.key)) return false;
  return (
    target.closest('[role="dialog"], [role="listbox"], [role="radiogroup"], .ant-picker-dropdown') === null
  );
}

/** Single keys that work everywhere on a page, save while somebody types. */
export function usePageKeys(keys: PageKeys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const name = event.key.toLowerCase();
      const act = current.current[name];
      if (!act || !isPages(event)) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
