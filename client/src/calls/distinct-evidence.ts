import type { Evidence } from '@contracts/verdict';

/**
 * Evidence without what another piece already shows: an event at the edge of a named stretch, a second event at the same
 * moment. Pressing the stretch lights up every event in it.
 */
export function distinctEvidence(evidence: readonly Evidence[]): Evidence[] {
  const edges = new Set(evidence.flatMap((one) => (one.kind === 'range' ? [one.from, one.until] : [])));
  const told = new Set<string>();
  return evidence.filter((one) => {
    if (one.kind !== 'event') return true;
    if (edges.has(one.at) || told.has(one.at)) return false;
    told.add(one.at);
    return true;
  });
}
