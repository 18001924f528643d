/** Runs later; returns the cancel. */
export function after(ms: number, action: () => void): () => void {
  const timer = window.setTimeout(action, ms);
  return () => window.clearTimeout(timer);
}
