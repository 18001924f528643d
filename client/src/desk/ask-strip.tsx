import { Button, Radio } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './call-panel.module.css';

interface AskStripProps {
  /** What the customer is asked for. */
  kind: 'hold' | 'transfer';
  title: string;
  mode?: string;
  /** The words in which the customer is asked. */
  ask: string;
  /** Null: the customer has not been asked yet. */
  consent: boolean | null;
  onConsent: (consent: boolean) => void;
  /** The customer's refusal has been noted. */
  declined: boolean;
  /** Everything is said that must be said. */
  complete: boolean;
  sending: boolean;
  /** What the button says that begins it. */
  start: string;
  onSubmit: () => void;
  onCallBack: () => void;
  onClose: () => void;
  children: ReactNode;
  afterConsent?: ReactNode;
}

/** Asks the customer before something is done to the call (clause 24.13). No consent: noted, and nothing happens. */
export function AskStrip({ kind, consent, onClose, ...props }: AskStripProps) {
  const { t } = useTranslation('desk');
  const strip = useRef<HTMLFormElement>(null);

  // The keyboard goes on here: arrows choose, Tab moves on, Enter begins.
  useEffect(() => strip.current?.querySelector('input')?.focus(), []);

  return (
    <form
      ref={strip}
      className={styles.strip}
      aria-label={props.title}
      data-testid={`${kind}-strip`}
      data-mode={props.mode}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <p className={styles.say}>{props.ask}</p>
      {props.children}
      <h2>{t('hold.consent')}</h2>
      <Radio.Group
        optionType="button"
        value={consent}
        onChange={(event) => props.onConsent(event.target.value)}
        options={[
          { value: true, label: t('hold.agreed') },
          { value: false, label: t('hold.refused') },
        ]}
        data-testid={`${kind}-consent`}
      />
      {props.afterConsent}
      {props.declined && (
        <p role="alert" className={styles.declined} data-testid={`${kind}-declined`}>
          {t(`${kind}.declined`)}{' '}
          <Button size="small" data-testid="call-back-note" onClick={props.onCallBack}>
            {t('hold.call-back')}
          </Button>
        </p>
      )}
      <div className={styles.row}>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!props.complete}
          loading={props.sending}
          data-testid={`${kind}-confirm`}
        >
          {consent === false ? t('hold.note-refusal') : props.start}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
