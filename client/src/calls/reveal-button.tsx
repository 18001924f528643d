import { type RevealReason, revealReasons } from '@contracts/call';
import { Button, Dropdown } from 'antd';
import { type MouseEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../app/session';
import { useDesk } from '../realtime/connection-context';
import { useRevealedNumbers } from './revealed-numbers';

/** Shows the customer of a call whole. Who has the call at the desk needs no reason; everybody else names one. */
export function RevealButton({ callId }: { callId: string }) {
  const { t } = useTranslation('calls');
  const may = useMay();
  const atDesk = useDesk((desk) => desk.call?.callId === callId);
  const { reveal } = useRevealedNumbers();
  const [asking, setAsking] = useState(false);
  if (!may('call.reveal-number')) return null;
  const ask = async (reason?: RevealReason) => {
    setAsking(true);
    await reveal(callId, reason);
    setAsking(false);
  };
  const button = (
    <Button
      type="link"
      size="small"
      loading={asking}
      aria-label={t('reveal.label')}
      title={t('reveal.label')}
      data-testid="reveal"
      onClick={(event: MouseEvent) => {
        // Rows of lists open at a click.
        event.stopPropagation();
        if (atDesk) void ask();
      }}
    >
      {t('reveal.show')}
    </Button>
  );
  if (atDesk) return button;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'why',
            type: 'group',
            label: t('reveal.why'),
            children: revealReasons.map((reason) => ({ key: reason, label: t(`reveal.reason.${reason}`) })),
          },
        ],
        onClick: ({ key, domEvent }) => {
          domEvent.stopPropagation();
          void ask(revealReasons.find((reason) => reason === key));
        },
      }}
    >
      {button}
    </Dropdown>
  );
}
