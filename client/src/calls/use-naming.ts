import type { HandlingSummary } from '@contracts/call';
import type { Choice, PolicyDocument } from '@contracts/policy';
import { useMemo } from 'react';
import { useBilingual } from '../ui/use-bilingual';
import type { Naming } from './sentence';

/** Tells people and the house's codes in words; a code the standard does not know is shown as it is. */
export function useNaming(
  handlings: readonly Pick<HandlingSummary, 'agentId' | 'agentNumber'>[],
  policy: PolicyDocument | undefined,
): Naming {
  const say = useBilingual();
  return useMemo(() => {
    const label = (choices: readonly Choice[] | undefined, code: string) => {
      const known = choices?.find((choice) => choice.code === code);
      return known ? say(known.label) : code;
    };
    return {
      agent: (agentId) => handlings.find((one) => one.agentId === agentId)?.agentNumber ?? '?',
      holdReason: (code) => label(policy?.hold.reasons, code),
      hangUpReason: (code) => label(policy?.hangUp.reasons, code),
      outcome: (code) => label(policy?.wrapUp.outcomes, code),
      transferReason: (code) => label(policy?.transfer.reasons, code),
      purpose: (code) => label(policy?.outbound.purposes, code),
    };
  }, [handlings, policy, say]);
}
