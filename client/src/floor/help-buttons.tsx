import type { FloorCall } from '@contracts/floor';
import { type HelpMode, helpModes } from '@contracts/live-help';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCommand, useConnectionStatus, useDesk } from '../realtime/connection-context';
import { usePhone } from '../softphone/softphone-context';
import styles from './floor.module.css';
import { helpable } from './helpable';

/** Listen, whisper or join: the lead's own softphone goes to the call. Taking over is offered once they are in it. */
export function HelpButtons({ call }: { call: FloorCall }) {
  const { t } = useTranslation('floor');
  const command = useCommand();
  const connected = useConnectionStatus() === 'connected';
  const phoneReady = usePhone(({ status }) => status === 'ready');
  const help = useDesk((desk) => desk.help);
  const atDesk = useDesk((desk) => desk.call);
  const here = help?.callId === call.callId;
  const possible = connected && phoneReady && helpable(call) && atDesk === null && (help === null || here);
  const go = (mode: HelpMode) => void command('help-call', { callId: call.callId, mode });
  return (
    <fieldset className={styles.help} aria-label={t('help.title')}>
      {helpModes.map((mode) => (
        <Button
          key={mode}
          size="small"
          type={here && help.mode === mode ? 'primary' : 'default'}
          aria-pressed={here && help.mode === mode}
          disabled={!possible}
          data-testid={`help-${mode}`}
          onClick={() => go(mode)}
        >
          {t(`help.${mode}`)}
        </Button>
      ))}
    </fieldset>
  );
}
