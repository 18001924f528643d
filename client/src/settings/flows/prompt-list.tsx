import { builtInSounds, type FlowParts, type PromptRef } from '@contracts/flow';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

interface PromptListProps {
  label: string;
  value: readonly PromptRef[];
  parts: FlowParts;
  disabled: boolean;
  /** One prompt at most. */
  single?: boolean;
  onChange: (prompts: PromptRef[]) => void;
}

/** Which prompts are played, in order. */
export function PromptList({ label, value, parts, disabled, single, onChange }: PromptListProps) {
  const { t } = useTranslation('flows');
  const known: [string, string, PromptRef][] = [
    ...builtInSounds.map((sound): [string, string, PromptRef] => [
      sound,
      t(`sound.${sound.replace('sanling/', '')}`),
      { kind: 'built-in', sound },
    ]),
    ...parts.uploaded.map(({ id, name }): [string, string, PromptRef] => [
      id,
      name,
      { kind: 'uploaded', promptId: id },
    ]),
  ];
  const refOf = (code: string) => known.find(([each]) => each === code)?.[2];
  return (
    <Select
      mode="multiple"
      aria-label={label}
      placeholder={t('prompts.choose')}
      disabled={disabled}
      style={{ width: '100%' }}
      value={value.map((ref) => (ref.kind === 'built-in' ? ref.sound : ref.promptId))}
      options={known.map(([code, name]) => ({ value: code, label: name }))}
      optionFilterProp="label"
      {...(single ? { maxCount: 1 } : {})}
      onChange={(codes: string[]) => onChange(codes.flatMap((code) => refOf(code) ?? []))}
    />
  );
}
