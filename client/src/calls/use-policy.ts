import { type PolicyDocument, policyVersionSchema } from '@contracts/policy';
import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '../app/api';

/** The house's clock until the standard says which it is. */
export const defaultTimeZone = 'Asia/Shanghai';

/** The standard a call is judged by; without a version the one in force now. A version never changes. */
export function usePolicy(version?: number): PolicyDocument | undefined {
  const path = version === undefined ? '/api/policy' : `/api/policy/versions/${version}`;
  const { data } = useQuery({
    queryKey: ['policy', version ?? 'current'],
    queryFn: ({ signal }) => fetchJson(path, policyVersionSchema, undefined, signal),
    staleTime: version === undefined ? 60_000 : Number.POSITIVE_INFINITY,
  });
  return data?.document;
}

/** The house's time zone, for every clock time a list shows. */
export function useHouseTimeZone(): string {
  return usePolicy()?.timeZone ?? defaultTimeZone;
}
