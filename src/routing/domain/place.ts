/**
 * A call's place in its queue as one number: those put to the front come before all others, and within each the one who
 * came first. Milliseconds since the epoch stay exact far beyond this.
 */
const frontOf = 1e13;

export function placeOf(since: number, front: boolean): number {
  return front ? since - frontOf : since;
}

/** When the caller at this place came. */
export function sinceOf(place: number): number {
  return place < 0 ? place + frontOf : place;
}
