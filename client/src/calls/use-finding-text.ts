import type { FindingCode } from '@contracts/finding';
import type { Choice, PolicyDocument } from '@contracts/policy';
import type { Verdict } from '@contracts/verdict';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBilingual } from '../ui/use-bilingual';

/** The same code may stand for one thing among the reasons of holds and for another among those of transfers. */
function choicesOf(
  policy: PolicyDocument | undefined,
  { finding }: { finding: FindingCode },
): readonly Choice[] {
  if (!policy) return [];
  if (finding.startsWith('hold.')) return policy.hold.reasons;
  if (finding.startsWith('transfer.')) return policy.transfer.reasons;
  return finding.startsWith('dial.') ? policy.outbound.purposes : policy.hangUp.reasons;
}

/** What a verdict found, in words: its code's text with the house's own codes told by their labels. */
export function useFindingText(policy: PolicyDocument | undefined): (verdict: Verdict) => string {
  const { t } = useTranslation(['calls', 'findings']);
  const say = useBilingual();
  return useCallback(
    (verdict) => {
      const labelOf = (code: string) => {
        const known = choicesOf(policy, verdict).find((choice) => choice.code === code);
        return known ? say(known.label) : code;
      };
      const told = Object.entries(verdict.params).map(
        ([name, value]): [string, string | number | boolean] => {
          if (name === 'reason' || name === 'purpose') return [name, labelOf(String(value))];
          if (name === 'why') return [name, t(`ringMissed.${value}`, { defaultValue: String(value) })];
          if (Array.isArray(value))
            return [name, value.map((one) => t(`field.${one}`, { defaultValue: one })).join(t('listComma'))];
          return [name, value];
        },
      );
      const params: Record<string, string | number | boolean> = Object.fromEntries(told);
      return t(`findings:${verdict.finding}`, params);
    },
    [policy, say, t],
  );
}
