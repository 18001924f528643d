import { AudioOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Modal, Select, Slider } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useRefusalText } from '../ui/use-refusal-text';
import { mayAskForNotifications } from './attention';
import { unlockAudio } from './audio-context';
import { LevelBar } from './level-bar';
import { type Loudness, loudnessOf } from './levels';
import { closeMicrophone, openMicrophone } from './microphone';
import styles from './microphone-check.module.css';
import { phoneSettings } from './phone-settings';
import { playRing } from './ring-tone';
import { useAudioDevices } from './use-audio-devices';
import { useLevel } from './use-level';

/** Before the shift (clause 7): hear and see the microphone, choose devices, try the ring. */
export function MicrophoneCheck({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('softphone');
  return (
    <Modal
      open={open}
      title={t('check.title')}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('check.done')}
        </Button>
      }
      destroyOnHidden
      width={480}
    >
      <Check />
    </Modal>
  );
}

function Check() {
  const { t } = useTranslation('softphone');
  const textOf = useRefusalText();
  const settings = useStore(phoneSettings);
  const { stream, error } = useOpenMicrophone(settings.microphoneId);
  const devices = useAudioDevices(stream);
  const { db, loudness } = useLoudness(stream);
  const refused = error ? textOf(error) : null;
  return (
    <div className={styles.check}>
      <p>
        <AudioOutlined aria-hidden /> {t('check.place')}
      </p>
      {refused && <Alert type="error" showIcon title={refused.what} description={refused.todo} />}
      <LevelBar label={t('check.level')} db={db} testId="check-level" />
      <p
        aria-live="polite"
        className={styles[loudness]}
        data-testid="check-loudness"
        data-loudness={loudness}
      >
        {t(`check.${loudness}`)}
      </p>
      <Form layout="vertical">
        <DeviceChoice
          label={t('check.microphone')}
          devices={devices.microphones}
          value={settings.microphoneId}
          onChange={(microphoneId) => phoneSettings.setState({ microphoneId })}
        />
        <DeviceChoice
          label={t('check.output')}
          devices={devices.outputs}
          value={settings.outputId}
          onChange={(outputId) => phoneSettings.setState({ outputId })}
        />
        <Form.Item label={t('check.volume')}>
          <Slider
            min={0}
            max={1}
            step={0.05}
            value={settings.ringVolume}
            tooltip={{ open: false }}
            onChange={(ringVolume) => phoneSettings.setState({ ringVolume })}
          />
        </Form.Item>
      </Form>
      <div className={styles.buttons}>
        <TryRing volume={settings.ringVolume} />
        <AskForNotifications />
      </div>
    </div>
  );
}

interface DeviceChoiceProps {
  label: string;
  devices: MediaDeviceInfo[];
  value: string | null;
  onChange: (deviceId: string | null) => void;
}

function DeviceChoice({ label, devices, value, onChange }: DeviceChoiceProps) {
  const { t } = useTranslation('softphone');
  const named = devices.filter((device) => device.deviceId !== 'default');
  const options = [
    { value: '', label: t('check.system-default') },
    ...named.map((device) => ({
      value: device.deviceId,
      label: device.label || device.deviceId.slice(0, 8),
    })),
  ];
  return (
    <Form.Item label={label}>
      <Select
        options={options}
        aria-label={label}
        value={named.some((device) => device.deviceId === value) ? value : ''}
        onChange={(chosen) => onChange(chosen || null)}
      />
    </Form.Item>
  );
}

function TryRing({ volume }: { volume: number }) {
  const { t } = useTranslation('softphone');
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  const play = () => {
    unlockAudio();
    stop.current();
    const startedAt = new Date().toISOString();
    stop.current = playRing({ startedAt, ringMs: 5_000, rings: 1, endsAt: startedAt }, Date.now(), volume);
  };
  return <Button onClick={play}>{t('check.try-ring')}</Button>;
}

function AskForNotifications() {
  const { t } = useTranslation('softphone');
  const [offer, setOffer] = useState(mayAskForNotifications);
  if (!offer) return null;
  const ask = async () => {
    await Notification.requestPermission();
    setOffer(mayAskForNotifications());
  };
  return <Button onClick={ask}>{t('check.notify')}</Button>;
}

function useLoudness(stream: MediaStream | null): { db: number; loudness: Loudness } {
  const levels = useRef<number[]>([]);
  const [loudness, setLoudness] = useState<Loudness>('silent');
  const take = useCallback((level: number) => {
    levels.current = [...levels.current.slice(-29), level];
    setLoudness(loudnessOf(levels.current));
  }, []);
  return { db: useLevel(stream, take), loudness };
}

function useOpenMicrophone(deviceId: string | null) {
  const [result, setResult] = useState<{ stream: MediaStream | null; error: unknown }>({
    stream: null,
    error: null,
  });
  useEffect(() => {
    let opened: MediaStream | null = null;
    let left = false;
    openMicrophone(deviceId).then(
      (stream) => {
        opened = stream;
        if (left) closeMicrophone(stream);
        else setResult({ stream, error: null });
      },
      (error: unknown) => setResult({ stream: null, error }),
    );
    return () => {
      left = true;
      if (opened) closeMicrophone(opened);
    };
  }, [deviceId]);
  return result;
}
