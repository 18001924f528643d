import { useTranslation } from 'react-i18next';
import { type RingTimer, ringPlace } from '../softphone/ring-cadence';
import { useNow } from '../ui/use-now';
import styles from './ring-circle.module.css';

const radius = 34;
const gap = 8;

/** Three rings as three segments, emptying with the cadence; the words say the same. */
export function RingCircle({ timer }: { timer: RingTimer }) {
  const { t } = useTranslation('desk');
  const place = ringPlace(
    timer,
    useNow((now) => now),
  );
  const seconds = Math.ceil(place.leftMs / 1000);
  const arc = 360 / place.of;
  return (
    <div className={styles.ring}>
      <svg viewBox="0 0 84 84" width="84" height="84" aria-hidden="true">
        {place.segments.map(({ from, left }) => (
          <g key={from}>
            <path className={styles.track} d={arcPath(from * 360 + gap / 2, arc - gap)} />
            {left > 0 && (
              <path className={styles.left} d={arcPath(from * 360 + gap / 2, (arc - gap) * left)} />
            )}
          </g>
        ))}
        <text x="42" y="50" textAnchor="middle" className={styles.count}>
          {place.ring}
        </text>
      </svg>
      <div>
        <div className={styles.words} data-testid="ring-count" data-ring={place.ring}>
          {t('ring.count', { ring: place.ring, of: place.of })}
        </div>
        <div className="soft tabular" data-testid="ring-left">
          {t('ring.left', { seconds })}
        </div>
      </div>
    </div>
  );
}

function arcPath(fromDegrees: number, degrees: number): string {
  const at = (angle: number) => {
    const turn = ((angle - 90) * Math.PI) / 180;
    return `${42 + radius * Math.cos(turn)} ${42 + radius * Math.sin(turn)}`;
  };
  // An arc of a full turn has no direction: a hair less has.
  const sweep = Math.min(degrees, 359.9);
  return `M ${at(fromDegrees)} A ${radius} ${radius} 0 ${sweep > 180 ? 1 : 0} 1 ${at(fromDegrees + sweep)}`;
}
