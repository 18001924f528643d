import type { CallMember, DeskCall } from '@contracts/call';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { callerOf } from '../calls/caller-of';
import { StateTag } from '../ui/state-tag';
import type { StateName } from '../ui/tokens';
import styles from './call-panel.module.css';
import { KeyButton } from './key-button';
import type { CallActions } from './use-call-actions';

const stateOf: Record<CallMember['state'], StateName> = { ringing: 'ringing', here: 'talking', away: 'held' };

/** Who is on, as soon as there are more than the two; one can be asked out, and the agent can leave. */
export function MemberList({ call, actions }: { call: DeskCall; actions: CallActions }) {
  const { t } = useTranslation('desk');
  const { may } = actions;
  if (call.members.length < 2 && !may('leave-conference')) return null;
  return (
    <section className={styles.strip} aria-label={t('members.title')}>
      <h2>{t('members.title')}</h2>
      <ul className={styles.members} data-testid="members">
        {call.members.map((member) => (
          <li key={member.memberId} data-kind={member.kind} data-state={member.state}>
            <StateTag state={stateOf[member.state]}>{t(`members.state.${member.state}`)}</StateTag>
            <span>
              {t(`members.kind.${member.kind}`)} <span className="tabular">{shownNumber(member)}</span>{' '}
              {member.kind !== 'customer' && member.name}
            </span>
            {member.droppable && (
              <Button
                size="small"
                disabled={!may('drop-member')}
                data-testid={`drop-${member.kind}`}
                onClick={() => actions.drop(member.memberId)}
              >
                {t('members.drop')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {may('leave-conference') && (
        <KeyButton
          action="leave"
          label={t('members.leave')}
          testId="leave-conference"
          onClick={actions.leave}
        />
      )}
    </section>
  );
}

const shownNumber = ({ kind, number }: CallMember): string =>
  kind === 'customer' ? callerOf(number).shown : number;
