import { AudioOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MicrophoneCheck } from './microphone-check';

/** Opens the check of microphone, earpiece and ring. */
export function MicrophoneCheckButton() {
  const { t } = useTranslation('softphone');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<AudioOutlined aria-hidden />}
        data-testid="microphone-check"
        onClick={() => setOpen(true)}
      >
        {t('check.open')}
      </Button>
      <MicrophoneCheck open={open} onClose={() => setOpen(false)} />
    </>
  );
}
