import { useTranslation } from 'react-i18next';
import { callerOf, isMasked } from './caller-of';
import { RevealButton } from './reveal-button';
import { useRevealedNumbers } from './revealed-numbers';

interface CallerProps {
  /** As the server sent it. */
  number: string;
  /** Of which call: where its number may be shown whole. */
  callId?: string;
  /** False: shown whole when it was asked for elsewhere on the page. */
  offer?: boolean;
}

/** Who calls, as the pages show it: a masked number, or a visitor of the web phone; whole where somebody asked for it. */
export function Caller({ number, callId, offer = true }: CallerProps) {
  const { t } = useTranslation('calls');
  const whole = useRevealedNumbers().ofCall(callId ?? '');
  if (whole)
    return (
      <span className="tabular" data-testid="whole-number">
        {[whole.number, whole.name].filter(Boolean).join(' ')}
      </span>
    );
  const { visitor, shown } = callerOf(number);
  return (
    <>
      <span className="tabular">{visitor ? t('webVisitor', { tail: shown }) : shown}</span>
      {callId !== undefined && offer && isMasked(number) && <RevealButton callId={callId} />}
    </>
  );
}
