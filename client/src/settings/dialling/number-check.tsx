import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import type { CheckedNumber } from '@contracts/dialling';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefusalLine } from '../../ui/use-refusal-text';
import styles from '../settings.module.css';
import { useNumberCheck } from './use-dialling';

/** What a number is, and whether the person who looks may dial it. */
export function NumberCheck() {
  const { t } = useTranslation('settings');
  const line = useRefusalLine();
  const check = useNumberCheck();
  const [number, setNumber] = useState('');
  return (
    <section className={styles.group} aria-label={t('dialling.check')}>
      <h2>{t('dialling.check')}</h2>
      <Input.Search
        style={{ width: 320 }}
        maxLength={40}
        inputMode="tel"
        aria-label={t('dialling.number')}
        placeholder={t('dialling.number')}
        enterButton={t('dialling.check')}
        loading={check.isPending}
        data-testid="check-number"
        value={number}
        onChange={(event) => {
          setNumber(event.target.value);
          check.reset();
        }}
        onSearch={(typed) => typed.trim() && check.mutate(typed.trim())}
      />
      <div className={styles.answer} role="status" data-testid="check-answer">
        {check.data ? (
          <Answer checked={check.data} />
        ) : (
          <span className={check.error ? styles.refused : 'soft'}>
            {check.error ? line(check.error) : t('dialling.checkHint')}
          </span>
        )}
      </div>
    </section>
  );
}

function Answer({ checked }: { checked: CheckedNumber }) {
  const { t } = useTranslation('settings');
  const Icon = checked.allowed ? CheckCircleOutlined : CloseCircleOutlined;
  return (
    <>
      <span className="tabular">{checked.display}</span>
      <span>{t(`dialling.kind.${checked.destination}`)}</span>
      <span className={checked.allowed ? styles.allowed : styles.refused}>
        <Icon aria-hidden /> {t(checked.allowed ? 'dialling.allowed' : 'dialling.refused')}
      </span>
    </>
  );
}
