import { type HelpMode, type HelpView, helpModes } from '@contracts/live-help';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Caller } from '../calls/caller';
import { takesText } from '../desk/key-bindings';
import { useCommand, useConnectionStatus, useDesk } from '../realtime/connection-context';
import { Duration } from '../ui/duration';
import { StateTag } from '../ui/state-tag';
import styles from './floor.module.css';
import { actionOfHelp } from './help-keys';

/** On every page while a lead is in somebody's call: who hears the lead now, and the ways on. */
export function HelpBar() {
  const help = useDesk((desk) => desk.help);
  return <div aria-live="polite">{help && <Bar key={help.helpId} help={help} />}</div>;
}

function Bar({ help }: { help: HelpView }) {
  const { t } = useTranslation('floor');
  const command = useCommand();
  const navigate = useNavigate();
  const connected = useConnectionStatus() === 'connected';
  const { callId, mode } = help;
  const change = (wanted: HelpMode) => void command('help-call', { callId, mode: wanted });
  const leave = () => void command('end-help', { callId });
  const takeOver = async () => {
    const answer = await command('take-over-call', { callId });
    if (answer.ok) navigate('/desk');
  };
  const mayTakeOver = connected && help.mayTakeOver;
  useHelpKeys({
    listen: () => change('listen'),
    whisper: () => change('whisper'),
    join: () => change('join'),
    ...(mayTakeOver ? { 'take-over': () => void takeOver() } : {}),
    leave,
  });
  return (
    <section
      className={styles.helpBar}
      aria-label={t('help.title')}
      data-testid="help-bar"
      data-mode={mode ?? ''}
    >
      <StateTag state={mode === null ? 'ringing' : 'talking'} strong>
        {mode === null ? t('help.connecting') : t(`help.now.${mode}`, { number: help.agentNumber })}
      </StateTag>
      <span className="soft">
        {t('agents.number', { number: help.agentNumber })} ·{' '}
        <Caller number={help.fromNumber} callId={help.callId} /> · <Duration since={help.since} />
      </span>
      <span className={styles.helpWays}>
        {helpModes.map((each) => (
          <Button
            key={each}
            size="small"
            type={mode === each ? 'primary' : 'default'}
            aria-pressed={mode === each}
            disabled={!connected || mode === null}
            data-testid={`bar-${each}`}
            onClick={() => change(each)}
          >
            {t(`help.${each}`)} <kbd>{keyOf[each]}</kbd>
          </Button>
        ))}
        <Button
          size="small"
          danger
          disabled={!mayTakeOver}
          data-testid="bar-take-over"
          onClick={() => void takeOver()}
        >
          {t('help.take-over')} <kbd>{keyOf['take-over']}</kbd>
        </Button>
        <Button size="small" disabled={!connected} data-testid="bar-leave" onClick={leave}>
          {t('help.leave')} <kbd>{keyOf.leave}</kbd>
        </Button>
      </span>
    </section>
  );
}

const keyOf = { listen: 'L', whisper: 'W', join: 'J', 'take-over': 'O', leave: 'E' } as const;

function useHelpKeys(actions: Parameters<typeof actionOfHelp>[3]): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const run = actionOfHelp(event, takesText(event.target), keyOf, latest.current);
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
