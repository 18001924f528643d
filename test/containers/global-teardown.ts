import { House } from './house.js';

/** Nothing is left of the house but its images. */
export default async function clear(): Promise<void> {
  await new House().down({ volumes: true });
}
