/** Numbers from 0 to 1 that come again in the same order for the same seed (Numerical Recipes' linear congruences). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
