import type { Floor } from '@contracts/floor';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../realtime/server-clock';
import { EmptyState } from '../ui/empty-state';
import { useNow } from '../ui/use-now';
import { AgentCard } from './agent-card';
import styles from './floor.module.css';
import { type BoardCard, type BoardLimits, boardCards, keepOrder } from './need-for-help';

/** The agents, those who need help first. While the pointer or the focus is on the grid its order is kept. */
export function AgentGrid({ floor, limits }: { floor: Floor; limits: BoardLimits }) {
  const { t } = useTranslation('floor');
  const [touched, setTouched] = useState(false);
  const order = useRef<string[]>([]);
  const cards = useBoardCards(floor, limits);
  const shown = touched ? keepOrder(cards, order.current) : cards;
  order.current = shown.map((card) => card.presence.agentId);
  const signedIn = floor.agents.filter((agent) => agent.state !== 'offline').length;
  return (
    <section>
      <div className={styles.sectionHead}>
        <h2>{t('agents.title')}</h2>
        <span className="soft">{t('agents.count', { count: signedIn })}</span>
        {touched && <span className="soft">{t('agents.frozen')}</span>}
      </div>
      {shown.length === 0 ? (
        <EmptyState title={t('agents.empty')} hint={t('agents.emptyHint')} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: only watches whether somebody points at it
        <div
          className={styles.grid}
          data-testid="agents"
          onPointerEnter={() => setTouched(true)}
          onPointerLeave={() => setTouched(false)}
          onFocus={() => setTouched(true)}
          onBlur={() => setTouched(false)}
        >
          {shown.map((card) => (
            <AgentCard key={card.presence.agentId} card={card} />
          ))}
        </div>
      )}
    </section>
  );
}

/** Made anew when the floor changes, or when time gives somebody another need. */
function useBoardCards(floor: Floor, limits: BoardLimits): BoardCard[] {
  const needs = useNow((now) =>
    boardCards(floor, now, limits)
      .map((card) => card.need)
      .join(),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the needs stand for the time
  return useMemo(() => boardCards(floor, serverNow(), limits), [floor, limits, needs]);
}
