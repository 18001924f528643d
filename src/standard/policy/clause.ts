import type { Clause } from '../../contracts/policy.js';

const served = { E: 'enforced', M: 'measured', H: 'human' } as const;
const evidence = { ev: 'events', au: 'audio', tx: 'transcript', wr: 'wrap-up' } as const;

/** How a clause is served, in short: `E M H`, then what it is measured by: `ev au tx wr`. */
type Serving = `${keyof typeof served}${string}`;

export interface ClauseText {
  readonly title: readonly [zh: string, en: string];
  readonly text: readonly [zh: string, en: string];
}

/** A chapter's clauses from compact rows, so that a page of the standard stays readable. */
export const clausesOf =
  (chapter: number) =>
  (id: string, serving: Serving, weight: number, { title, text }: ClauseText, fatal = false): Clause => {
    const words = serving.split(' ');
    return {
      id,
      chapter,
      title: { zh: title[0], en: title[1] },
      text: { zh: text[0], en: text[1] },
      served: words.flatMap((word) => (word in served ? [served[word as keyof typeof served]] : [])),
      evidence: words.flatMap((word) => (word in evidence ? [evidence[word as keyof typeof evidence]] : [])),
      weight,
      fatal,
    };
  };
