export type SoundGrade = 'good' | 'fair' | 'poor' | 'bad';

/**
 * Words for a score, by the steps of satisfaction in ITU-T G.109 (ratings 80, 70 and 60 as scores): satisfied, some
 * dissatisfied, many dissatisfied, nearly all.
 */
const steps: readonly { from: number; grade: SoundGrade; bars: number }[] = [
  { from: 4.02, grade: 'good', bars: 4 },
  { from: 3.6, grade: 'fair', bars: 3 },
  { from: 3.1, grade: 'poor', bars: 2 },
];

/** The word and the number of bars for a mean opinion score. */
export function gradeOf(mos: number): { grade: SoundGrade; bars: number } {
  return steps.find(({ from }) => mos >= from) ?? { grade: 'bad', bars: 1 };
}

export const mosText = (mos: number): string => mos.toFixed(1);

export const percentText = (share: number): string => `${(share * 100).toFixed(1)}%`;
