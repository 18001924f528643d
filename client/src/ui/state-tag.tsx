import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  EditOutlined,
  ExclamationCircleOutlined,
  FileSearchOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  PhoneOutlined,
  PoweroffOutlined,
  SoundOutlined,
} from '@ant-design/icons';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './state-tag.module.css';
import type { StateName } from './tokens';

const icons: Record<StateName, ComponentType<{ 'aria-hidden'?: boolean }>> = {
  ready: CheckCircleOutlined,
  ringing: PhoneOutlined,
  talking: SoundOutlined,
  held: PauseCircleOutlined,
  'wrap-up': EditOutlined,
  'not-ready': MinusCircleOutlined,
  offline: PoweroffOutlined,
  breach: ExclamationCircleOutlined,
  evidence: FileSearchOutlined,
};

interface StateTagProps {
  state: StateName;
  /** Instead of the state's own word. */
  children?: ReactNode;
  /** Filled: for the one state that matters most on the page. */
  strong?: boolean;
}

/** A state as colour + icon + word, the same everywhere. */
export function StateTag({ state, children, strong = false }: StateTagProps) {
  const { t } = useTranslation('ui');
  const Icon = icons[state];
  return (
    <span
      className={strong ? styles.strong : styles.tag}
      style={{ '--tone': `var(--state-${state})` } as React.CSSProperties}
      data-state={state}
    >
      <Icon aria-hidden />
      <span>{children ?? t(`state.${state}`)}</span>
    </span>
  );
}

/** For things that wait, beside the states. */
export const WaitingIcon = ClockCircleOutlined;
