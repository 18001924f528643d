import { useEffect } from 'react';
import { useConnection, useDesk } from '../realtime/connection-context';
import { after } from './after';
import { usePhone, useSoftphone } from './softphone-context';
import { SoundReporter } from './sound-reporter';

/** Measures the sound of the desk's call while it lasts, on whatever page the agent is. */
export function ReportSound() {
  const phone = useSoftphone();
  const connection = useConnection();
  const callId = useDesk((desk) => desk.call?.callId);
  const legId = useDesk((desk) => desk.call?.agentLegId);
  const talking = usePhone(({ leg }) => leg?.stage === 'talking' && leg.id === legId);

  useEffect(() => {
    if (!talking || !callId || !legId) return undefined;
    const reporter = new SoundReporter({
      stats: () => phone.stats(legId),
      send: async (sample) => {
        const answer = await connection.command('report-sound', { callId, legId, sample });
        // The call may end while a sample is on its way, and a page that wakes up may be early.
        if (!answer.ok) console.info('the sound was not taken', answer.refusal.code);
      },
      after,
    });
    reporter.start();
    return () => reporter.stop();
  }, [phone, connection, talking, callId, legId]);
  return null;
}
