import type { PolicyDocument } from './policy.js';
import type { WrapUp, WrapUpDraft } from './wrap-up.js';

/** A field that a record may owe. */
export type WrapUpField = PolicyDocument['wrapUp']['required'][number] | 'followUp';

const aboutCustomer: readonly WrapUpField[] = [
  'customerName',
  'customerNumber',
  'nameReadBack',
  'numberReadBack',
];

/** The policy's outcome of that record; undefined when none or an unknown one is chosen. */
export function outcomeOf(policy: PolicyDocument, record: WrapUp | WrapUpDraft) {
  return policy.wrapUp.outcomes.find(({ code }) => code === record.outcome);
}

/** What this record owes: the policy's required fields, less those without a customer, plus a follow-up where due. */
export function requiredFields(policy: PolicyDocument, record: WrapUp | WrapUpDraft): WrapUpField[] {
  const outcome = outcomeOf(policy, record);
  const base: WrapUpField[] = policy.wrapUp.required.filter(
    (field) => outcome?.needsCustomer !== false || !aboutCustomer.includes(field),
  );
  return outcome?.needsFollowUp ? [...base, 'followUp'] : base;
}

/** Due fields that are empty, unticked, or an outcome that the policy does not know (clauses 23.4, 24.12, 17). */
export function requiredFieldsMissing(policy: PolicyDocument, record: WrapUp | WrapUpDraft): WrapUpField[] {
  return requiredFields(policy, record).filter((field) => {
    if (field === 'outcome') return outcomeOf(policy, record) === undefined;
    const value = record[field];
    return typeof value === 'string' ? value.trim() === '' : value !== true;
  });
}
