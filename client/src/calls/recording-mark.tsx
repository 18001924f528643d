import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons';
import { recordingStateSchema } from '@contracts/recording';
import { useTranslation } from 'react-i18next';

const icons = {
  none: MinusCircleOutlined,
  recording: ClockCircleOutlined,
  finished: ClockCircleOutlined,
  stored: CheckCircleOutlined,
  failed: ExclamationCircleOutlined,
} as const;

/** A recording's state as icon and word. */
export function RecordingMark({ state }: { state: string | null }) {
  const { t } = useTranslation('calls');
  const known = recordingStateSchema.safeParse(state);
  const shown = known.success ? known.data : 'none';
  const Icon = icons[shown];
  const colour = shown === 'failed' ? 'var(--state-breach)' : shown === 'stored' ? 'inherit' : 'var(--soft)';
  return (
    <span style={{ color: colour, whiteSpace: 'nowrap' }} data-recording={shown}>
      <Icon aria-hidden /> {t(`recordingState.${shown}`)}
    </span>
  );
}
