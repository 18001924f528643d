import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../realtime/connection-context';
import { serverNow } from '../realtime/server-clock';
import { useNow } from '../ui/use-now';
import { notifyRinging, showAttention } from './attention';
import { phoneSettings } from './phone-settings';
import { ringBack, ringBackSince } from './ring-back';
import { ringPlace } from './ring-cadence';
import { playRing } from './ring-tone';
import { usePhone } from './softphone-context';

/** Softer than a ring: it is in the ear. */
const ringBackShare = 0.3;

/** Rings: tone, page title, icon and, behind other windows, a notification. Shows nothing by itself. */
export function Ringer() {
  const { t } = useTranslation('softphone');
  const volume = useStore(phoneSettings, (state) => state.ringVolume);
  const call = useDesk((desk) => desk.call);
  // The own phone of somebody who dials out answers by itself: it is no call to be answered.
  const leads = usePhone(({ status }) => status !== 'elsewhere');
  const ring = leads && call?.phase === 'ringing' && call.state !== 'dialling' ? call.timers.ring : null;
  const ringBackFrom = leads && call ? ringBackSince(call) : null;
  const startedAt = ring?.startedAt;
  const from = call ? call.fromName || call.fromNumber : '';
  const ringNumber = useNow((at) => (ring ? ringPlace(ring, at).ring : null), ring !== null);

  // The timer object is replaced at every change of the call: the tone must not start anew for it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a ring is known by its start
  useEffect(() => (ring ? playRing(ring, serverNow(), volume) : undefined), [startedAt, volume]);

  useEffect(
    () => (ringBackFrom ? playRing(ringBack(ringBackFrom), serverNow(), volume * ringBackShare) : undefined),
    [ringBackFrom, volume],
  );

  useEffect(() => (startedAt ? notifyRinging(t('ringing.title'), from) : undefined), [startedAt, from, t]);

  const title = ring
    ? `☎ ${ringNumber}/${ring.rings} ${from} · ${t('app:product')}`
    : call && call.phase !== 'closed'
      ? `${t(`phase.${call.phase}`)} · ${t('app:product')}`
      : t('app:product');
  const ringing = ring !== null;
  useEffect(() => showAttention({ title, ringing }), [title, ringing]);
  return null;
}
