import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  PhoneOutlined,
  StopOutlined,
  UserDeleteOutlined,
} from '@ant-design/icons';
import type { CallOutcome } from '@contracts/call';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';

const look: Record<CallOutcome, { icon: ComponentType<{ 'aria-hidden'?: boolean }>; colour: string }> = {
  'in-progress': { icon: PhoneOutlined, colour: 'var(--state-talking)' },
  answered: { icon: CheckCircleOutlined, colour: 'var(--state-ready)' },
  abandoned: { icon: UserDeleteOutlined, colour: 'var(--state-held)' },
  missed: { icon: ExclamationCircleOutlined, colour: 'var(--state-breach)' },
  'turned-away': { icon: StopOutlined, colour: 'var(--soft)' },
  closed: { icon: ClockCircleOutlined, colour: 'var(--soft)' },
  'not-reached': { icon: MinusCircleOutlined, colour: 'var(--state-held)' },
  lost: { icon: MinusCircleOutlined, colour: 'var(--state-breach)' },
};

/** How a call went, as colour, icon and word. */
export function OutcomeMark({ outcome }: { outcome: CallOutcome }) {
  const { t } = useTranslation('calls');
  const { icon: Icon, colour } = look[outcome];
  return (
    <span style={{ color: colour, fontWeight: 600, whiteSpace: 'nowrap' }} data-outcome={outcome}>
      <Icon aria-hidden /> {t(`outcome.${outcome}`)}
    </span>
  );
}
