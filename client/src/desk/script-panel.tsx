import { CheckOutlined } from '@ant-design/icons';
import type { DeskCall } from '@contracts/call';
import { useTranslation } from 'react-i18next';
import { useBilingual } from '../ui/use-bilingual';
import styles from './script-panel.module.css';

/** What to say now is marked; the rest stays readable in its order. */
export function ScriptPanel({ call }: { call: DeskCall }) {
  const { t } = useTranslation('desk');
  const say = useBilingual();
  const { script } = call;
  const greeted = call.verdicts.find(({ clause, part }) => clause === '26.1' && part === 'first-speech');
  const live = call.phase === 'talking';
  const takesOver = call.briefing !== null;
  const greetNow =
    !takesOver && (call.phase === 'ringing' || (live && greeted?.outcome !== 'pass' && call.holds === 0));
  const closeNow = call.timers.grace !== null;
  return (
    <section className={styles.panel} aria-label={t('script.title')}>
      <h2>{t('script.title')}</h2>
      {call.thanksDue && (
        <p className={styles.now} role="status" data-testid="hold-thanks">
          {say(script.holdThanks)}
        </p>
      )}
      {takesOver && (
        <p className={styles.now} role="status" data-testid="transfer-thanks">
          <span className={styles.clause}>26.8</span>
          {say(script.transferThanks)}
        </p>
      )}
      <div
        className={greetNow ? styles.now : styles.line}
        data-testid="greeting"
        data-now={greetNow}
        data-greeted={greeted?.outcome ?? 'none'}
      >
        <span className={styles.clause}>
          {t('script.greeting')}
          {greeted?.outcome === 'pass' && (
            <span className={styles.done}>
              <CheckOutlined aria-hidden /> {t('script.greeted', { seconds: greeted.params.seconds })}
            </span>
          )}
        </span>
        {say(script.greeting)}
      </div>
      <ol className={styles.lines}>
        {script.lines.map((line) => (
          <li key={`${line.clause}-${line.en}`} className={styles.numbered}>
            <span className={styles.clause}>{line.clause}</span>
            {say(line)}
          </li>
        ))}
      </ol>
      <div className={closeNow ? styles.now : styles.closing} data-testid="closing">
        <span className={styles.clause}>{t('script.closing')}</span>
        {script.closing.map((line) => (
          <p key={line.en}>{say(line)}</p>
        ))}
      </div>
    </section>
  );
}
