import type { FlowDocument, FlowParts } from '@contracts/flow';
import { Input, InputNumber, Radio, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './flows.module.css';
import { PromptList } from './prompt-list';
import { StepPicker } from './step-picker';

interface FlowHeadProps {
  draft: FlowDocument;
  parts: FlowParts;
  disabled: boolean;
  onChange: (draft: FlowDocument) => void;
}

/** What holds for the whole flow: its name, the opening and the recording, where it begins. */
export function FlowHead({ draft, parts, disabled, onChange }: FlowHeadProps) {
  const { t } = useTranslation('flows');
  return (
    <section className={styles.card} aria-label={t('whole')}>
      <div className={styles.field}>
        <span>{t('name')}</span>
        <div className={styles.row}>
          <Input
            aria-label={t('name')}
            maxLength={60}
            style={{ width: 260 }}
            disabled={disabled}
            value={draft.name}
            onChange={({ target }) => onChange({ ...draft, name: target.value })}
          />
          <Switch
            aria-label={t('enabled')}
            disabled={disabled}
            checked={draft.enabled}
            onChange={(enabled) => onChange({ ...draft, enabled })}
          />
          <span className="soft">{t(draft.enabled ? 'enabled' : 'switched-off')}</span>
        </div>
      </div>
      <div className={styles.field}>
        <span>{t('opening')}</span>
        <PromptList
          label={t('opening')}
          value={draft.opening}
          parts={parts}
          disabled={disabled}
          onChange={(opening) => onChange({ ...draft, opening })}
        />
      </div>
      <div className={styles.field}>
        <span>{t('recording.label')}</span>
        <Radio.Group
          disabled={disabled}
          value={draft.recording}
          options={[
            { value: 'with-opening', label: t('recording.with-opening') },
            { value: 'after-opening', label: t('recording.after-opening') },
          ]}
          onChange={({ target }) => onChange({ ...draft, recording: target.value })}
        />
      </div>
      <div className={styles.field}>
        <span>{t('wrong-key')}</span>
        <PromptList
          single
          label={t('wrong-key')}
          value={draft.wrongKey ? [draft.wrongKey] : []}
          parts={parts}
          disabled={disabled}
          onChange={([wrongKey]) => onChange({ ...draft, wrongKey: wrongKey ?? null })}
        />
      </div>
      <div className={styles.field}>
        <span>{t('start')}</span>
        <div className={styles.row}>
          <StepPicker
            label={t('start')}
            value={draft.start}
            steps={draft.steps}
            disabled={disabled}
            onChange={(start) => onChange({ ...draft, start: start ?? '' })}
          />
          <span>{t('max-rounds')}</span>
          <InputNumber
            aria-label={t('max-rounds')}
            min={1}
            max={20}
            precision={0}
            disabled={disabled}
            value={draft.maxRounds}
            onChange={(maxRounds) => onChange({ ...draft, maxRounds: maxRounds ?? 5 })}
          />
        </div>
      </div>
    </section>
  );
}
