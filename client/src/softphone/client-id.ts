const key = 'sanling.client';

/**
 * This tab's name towards the server: the same after a reload (so that it takes its own phone back), another one in a
 * duplicated tab, which inherits the storage but not the lock.
 */
export async function claimClientId(): Promise<string> {
  const kept = sessionStorage.getItem(key);
  if (kept && (await holdLock(kept))) return kept;
  const fresh = crypto.randomUUID();
  sessionStorage.setItem(key, fresh);
  await holdLock(fresh);
  return fresh;
}

/** Holds the name until the page goes away; false when another page holds it. */
function holdLock(name: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks
      .request(`sanling-client-${name}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        // Never resolved on purpose: the lock lives as long as the page.
        return lock ? new Promise<void>(() => undefined) : undefined;
      })
      .catch((error: unknown) => {
        console.warn('no tab lock', error);
        resolve(true);
      });
  });
}
