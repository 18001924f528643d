import { useSearchParams } from 'react-router';

export interface AddressFilter {
  params: URLSearchParams;
  /** First and last day of the range; null: any day. */
  days: readonly [string, string] | null;
  /** Sets these; what is empty is taken out. */
  change(changes: Readonly<Record<string, string | undefined>>): void;
  clear(): void;
}

/** A list's filters, kept in the page's address: the way back from a row finds them as they were. */
export function useAddressFilter(): AddressFilter {
  const [params, setParams] = useSearchParams();
  const [from, until] = [params.get('from'), params.get('until')];
  return {
    params,
    days: from && until ? [from, until] : null,
    change: (changes) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes))
            if (value) next.set(name, value);
            else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    clear: () => setParams({}, { replace: true }),
  };
}
