import type { DeskCall } from '@contracts/call';
import type { PolicyDocument } from '@contracts/policy';
import { emptyWrapUp, type WrapUpDraft, wrapUpSchema } from '@contracts/wrap-up';
import { requiredFields, requiredFieldsMissing, type WrapUpField } from '@contracts/wrap-up-rules';
import { Button, Checkbox, Input, Select } from 'antd';
import { type ReactNode, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isMasked } from '../calls/caller-of';
import { RevealButton } from '../calls/reveal-button';
import { useRevealedNumbers } from '../calls/revealed-numbers';
import { useCommand, useConnectionStatus } from '../realtime/connection-context';
import { Duration } from '../ui/duration';
import { useBilingual } from '../ui/use-bilingual';
import type { DraftKeeper, DraftStatus } from './draft-keeper';
import styles from './wrap-up-form.module.css';

interface WrapUpFormProps {
  call: DeskCall;
  policy: PolicyDocument;
  keeper: DraftKeeper;
  noteRef: Ref<HTMLTextAreaElement>;
}

/** Notes and wrap-up in one place through talk and wrap-up (clauses 23.4, 24.12, 26.9). */
export function WrapUpForm({ call, policy, keeper, noteRef }: WrapUpFormProps) {
  const { t } = useTranslation('desk');
  const say = useBilingual();
  const { draft, status } = useStore(keeper.state);
  const completing = useCompletion(call, policy, keeper);
  const due = requiredFields(policy, draft);
  const change = (patch: WrapUpDraft) => keeper.change(patch);
  const canWrite = call.allowed.includes('save-wrap-up-draft');
  const number = useWholeNumber(call, draft.customerNumber ?? '');
  const field = (name: WrapUpField) => ({
    name,
    required: due.includes(name),
    missing: completing.missing.includes(name),
  });
  return (
    <form
      className={styles.form}
      aria-label={t('wrap-up.title')}
      data-testid="wrap-up"
      onSubmit={(event) => {
        event.preventDefault();
        completing.complete();
      }}
    >
      <header className={styles.head}>
        <h2>{t('wrap-up.title')}</h2>
        <Saved status={status} />
        {call.timers.wrapUp && <WrapUpTime {...call.timers.wrapUp} />}
      </header>
      <div className={styles.fields}>
        <Field {...field('outcome')} wide={false}>
          <Select
            id="wrapup-outcome"
            value={draft.outcome || null}
            disabled={!canWrite}
            data-testid="wrapup-outcome"
            onChange={(outcome: string) => change({ outcome })}
            options={policy.wrapUp.outcomes.map(({ code, label }) => ({ value: code, label: say(label) }))}
          />
        </Field>
        <Field {...field('customerName')} wide={false}>
          <Input
            id="wrapup-customerName"
            value={draft.customerName ?? ''}
            disabled={!canWrite}
            maxLength={120}
            data-testid="wrapup-customer-name"
            onChange={(event) => change({ customerName: event.target.value })}
          />
        </Field>
        <Field {...field('customerNumber')} wide={false}>
          <Input
            id="wrapup-customerNumber"
            value={number}
            // Always there: the field must not lose its focus when the button comes or goes.
            suffix={isMasked(number) ? <RevealButton callId={call.callId} /> : <span />}
            disabled={!canWrite}
            maxLength={40}
            inputMode="tel"
            data-testid="wrapup-customer-number"
            onChange={(event) => change({ customerNumber: event.target.value })}
          />
        </Field>
        <div className={styles.checks}>
          {(['nameReadBack', 'numberReadBack', 'praise'] as const).map((name) => (
            <Checkbox
              key={name}
              checked={draft[name] ?? false}
              disabled={!canWrite}
              data-testid={`wrapup-${name}`}
              className={name !== 'praise' && completing.missing.includes(name) ? (styles.missing ?? '') : ''}
              onChange={(event) => change({ [name]: event.target.checked })}
            >
              {t(`wrap-up.field.${name}`)}
            </Checkbox>
          ))}
        </div>
        {(due.includes('followUp') || draft.followUp) && (
          <Field {...field('followUp')} wide>
            <Input
              id="wrapup-followUp"
              value={draft.followUp ?? ''}
              disabled={!canWrite}
              maxLength={1000}
              placeholder={t('wrap-up.follow-up-hint')}
              data-testid="wrapup-follow-up"
              onChange={(event) => change({ followUp: event.target.value })}
            />
          </Field>
        )}
        <Field {...field('note')} wide>
          <Input.TextArea
            id="wrapup-note"
            ref={(area) => setTextArea(noteRef, area?.resizableTextArea?.textArea ?? null)}
            value={draft.note ?? ''}
            disabled={!canWrite}
            maxLength={4000}
            rows={3}
            placeholder={t('wrap-up.note-hint')}
            data-testid="wrapup-note"
            onChange={(event) => change({ note: event.target.value })}
          />
        </Field>
      </div>
      <footer className={styles.foot}>
        <p role="alert" className={styles.missing} data-testid="wrapup-missing">
          {completing.missing.length > 0 &&
            t('wrap-up.missing', {
              fields: completing.missing.map((name) => t(`wrap-up.field.${name}`)).join(t('wrap-up.comma')),
            })}
        </p>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!completing.allowed}
          loading={completing.sending}
          data-testid="wrapup-complete"
        >
          {t('wrap-up.complete')}
        </Button>
      </footer>
    </form>
  );
}

/** What the field shows: the server sends it masked, and whole where the agent asked for it. */
function useWholeNumber({ callId, handlingId, fromNumber }: DeskCall, written: string): string {
  const whole = useRevealedNumbers().ofCall(callId);
  if (!whole || !isMasked(written)) return written;
  const kept = whole.records.find((each) => each.handlingId === handlingId)?.record.customerNumber;
  return (written === fromNumber ? whole.number : kept) ?? written;
}

function setTextArea(target: Ref<HTMLTextAreaElement>, area: HTMLTextAreaElement | null): void {
  if (target && typeof target === 'object') target.current = area;
}

function useCompletion(call: DeskCall, policy: PolicyDocument, keeper: DraftKeeper) {
  const command = useCommand();
  const connected = useConnectionStatus() === 'connected';
  const draft = useStore(keeper.state, (state) => state.draft);
  const [asked, setAsked] = useState(false);
  const [sending, setSending] = useState(false);
  const missing = requiredFieldsMissing(policy, draft);
  const complete = async () => {
    setAsked(true);
    if (missing.length > 0) return;
    setSending(true);
    const record = wrapUpSchema.parse({ ...emptyWrapUp, ...draft });
    const answer = await command('complete-wrap-up', { callId: call.callId, record });
    setSending(false);
    if (answer.ok) keeper.forget();
  };
  return {
    /** Named only after the agent tried: a form does not scold while it is being filled in. */
    missing: asked ? missing : [],
    allowed: connected && call.allowed.includes('complete-wrap-up'),
    sending,
    complete,
  };
}

interface FieldProps {
  name: WrapUpField;
  required: boolean;
  missing: boolean;
  wide: boolean;
  children: ReactNode;
}

function Field({ name, required, missing, wide, children }: FieldProps) {
  const { t } = useTranslation('desk');
  return (
    <div className={wide ? styles.wide : styles.field} data-missing={missing}>
      <label htmlFor={`wrapup-${name}`} className={missing ? styles.missing : 'soft'}>
        {t(`wrap-up.field.${name}`)}
        {required && <span aria-hidden> *</span>}
      </label>
      {children}
    </div>
  );
}

function Saved({ status }: { status: DraftStatus }) {
  const { t } = useTranslation('desk');
  return (
    <span className="soft" data-testid="draft-status" data-status={status}>
      {t(`wrap-up.draft.${status}`)}
    </span>
  );
}

function WrapUpTime({ startedAt, targetAt }: { startedAt: string; targetAt: string }) {
  const { t } = useTranslation('desk');
  const target = (Date.parse(targetAt) - Date.parse(startedAt)) / 1000;
  return (
    <span className={styles.time}>
      <Duration since={startedAt} /> <span className="soft">{t('wrap-up.target', { seconds: target })}</span>
    </span>
  );
}
