import type { PolicyDocument } from '../../contracts/policy.js';
import type { FormItem } from '../../contracts/quality.js';
import type { Bilingual } from '../../contracts/text.js';

export const defaultFormName: Bilingual = { zh: '服务标准评分表', en: 'Service standard form' };

/** The form that a policy asks for: every clause that counts, or that can undo the whole score. */
export function formItems(policy: PolicyDocument): FormItem[] {
  return policy.clauses
    .filter(({ weight, fatal }) => weight > 0 || fatal)
    .map(({ id, title, weight, fatal, served }) => ({
      clause: id,
      title,
      weight,
      fatal,
      kind: served.includes('measured') ? 'automatic' : 'human',
    }));
}
