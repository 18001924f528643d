import type { CallDetail } from '@contracts/call';
import { type LegSound, legSoundSchema } from '@contracts/sound-quality';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { fetchJson } from '../app/api';
import { gradeOf, mosText, percentText } from '../softphone/sound-grade';
import { ErrorState } from '../ui/error-state';
import styles from './call.module.css';
import table from './call-sound.module.css';

const liveEveryMs = 5_000;
const answer = z.array(legSoundSchema);

function useCallSound({ id, state }: CallDetail) {
  const over = state === 'ended';
  return useQuery({
    // Read once more when the call has ended: the last figures come with the end.
    queryKey: ['call', id, 'sound', over],
    queryFn: ({ signal }) => fetchJson(`/api/calls/${id}/sound`, answer, undefined, signal),
    placeholderData: (before) => before,
    refetchInterval: over ? false : liveEveryMs,
  });
}

/** How the sound of each leg of the call fared. */
export function CallSound({ call }: { call: CallDetail }) {
  const { t } = useTranslation('calls');
  const { data: legs, error, refetch } = useCallSound(call);
  return (
    <section className={styles.pane} data-testid="call-sound" aria-busy={!legs && !error}>
      <div className={styles.paneHead}>
        <h2>{t('sound.title')}</h2>
      </div>
      {!legs && error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!legs && !error && <p className={styles.none}>{t('sound.loading')}</p>}
      {legs?.length === 0 && <p className={styles.none}>{t('sound.none')}</p>}
      {legs && legs.length > 0 && <Legs legs={legs} call={call} />}
    </section>
  );
}

const columns = ['leg', 'codec', 'average', 'worst', 'loss', 'jitter', 'round-trip'] as const;

function Legs({ legs, call }: { legs: LegSound[]; call: CallDetail }) {
  const { t } = useTranslation('calls');
  const ms = (value: number | null) => (value === null ? '—' : t('sound.ms', { ms: Math.round(value) }));
  return (
    <table className={table.legs}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {t(`sound.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {legs.map((leg) => (
          <tr key={leg.legId} data-side={leg.side}>
            <th scope="row">{t(`sound.side.${leg.side}`, { name: nameOf(leg, call) })}</th>
            <td>{leg.codec || '—'}</td>
            <td>
              <Score mos={leg.mosAverage} />
            </td>
            <td>
              <Score mos={leg.mosWorst} />
            </td>
            <td>{percentText(leg.lossShare)}</td>
            <td>{ms(leg.jitterMs)}</td>
            <td>{ms(leg.roundTripMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Score({ mos }: { mos: number }) {
  const { t } = useTranslation('softphone');
  const { grade } = gradeOf(mos);
  return (
    <span className={grade === 'bad' ? table.bad : undefined}>
      {mosText(mos)} {t(`sound.grade.${grade}`)}
    </span>
  );
}

/** The agent by number and name, the outside party as it was dialled. */
function nameOf({ side, agentId, legId }: LegSound, { handlings, timeline }: CallDetail): string {
  if (side === 'agent') {
    const agent = handlings.find((handling) => handling.agentId === agentId);
    return agent ? `${agent.agentNumber} ${agent.agentName}` : '';
  }
  const dialled = timeline.find((event) => event.kind === 'party.dialled' && event.data.legId === legId);
  return dialled?.kind === 'party.dialled' ? dialled.data.name || dialled.data.number : '';
}
