import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  EyeOutlined,
  MinusCircleOutlined,
  QuestionCircleOutlined,
} from '@ant-design/icons';
import type { VerdictOutcome } from '@contracts/verdict';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './verdicts.module.css';

const look: Record<VerdictOutcome, { icon: ComponentType<{ 'aria-hidden'?: boolean }>; colour: string }> = {
  pass: { icon: CheckCircleOutlined, colour: 'var(--state-ready)' },
  fail: { icon: CloseCircleOutlined, colour: 'var(--state-breach)' },
  'not-applicable': { icon: MinusCircleOutlined, colour: 'var(--soft)' },
  'not-determinable': { icon: QuestionCircleOutlined, colour: 'var(--state-held)' },
  'for-inspector': { icon: EyeOutlined, colour: 'var(--soft)' },
};

/** A verdict's outcome as colour, icon and word. */
export function VerdictTag({ outcome }: { outcome: VerdictOutcome }) {
  const { t } = useTranslation('calls');
  const { icon: Icon, colour } = look[outcome];
  return (
    <span className={styles.tag} style={{ color: colour }} data-outcome={outcome}>
      <Icon aria-hidden /> {t(`verdictOutcome.${outcome}`)}
    </span>
  );
}
