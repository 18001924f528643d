import type { PromptSummary } from '@contracts/prompt';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { houseTime } from '../../calls/house-time';
import { useHouseTimeZone } from '../../calls/use-policy';
import { Duration } from '../../ui/duration';
import { useBilingual } from '../../ui/use-bilingual';
import { useRefusalNotice } from '../../ui/use-refusal-notice';
import { RowActions } from '../row-actions';
import styles from '../settings.module.css';
import { audioAddress, useRemovePrompt } from './use-prompts';

interface PromptTableProps {
  prompts: PromptSummary[];
  mayWrite: boolean;
  onChange: (prompt: PromptSummary) => void;
}

/** One row an announcement, with a player of what callers hear. */
export function PromptTable({ prompts, mayWrite, onChange }: PromptTableProps) {
  const { t } = useTranslation('settings');
  const say = useBilingual();
  const timeZone = useHouseTimeZone();
  const remove = useRemovePrompt();
  const notice = useRefusalNotice();
  const actions = (prompt: PromptSummary) => (
    <RowActions
      name={prompt.name}
      onChange={() => onChange(prompt)}
      onRemove={() => remove.mutate(prompt.id, { onError: notice })}
    />
  );
  return (
    <Table
      className={styles.table}
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={prompts}
      data-testid="prompts"
      columns={[
        { title: t('prompts.name'), dataIndex: 'name', width: 160 },
        { title: t('prompts.said'), render: (_, { text }) => say(text) },
        {
          title: t('prompts.length'),
          width: 80,
          align: 'right',
          render: (_, { durationMs }) => <Duration ms={durationMs} />,
        },
        { title: t('prompts.listen'), width: 270, render: (_, prompt) => <Player prompt={prompt} /> },
        {
          title: t('prompts.changed'),
          width: 200,
          render: (_, { changedAt, changedBy }) => (
            <span className="soft tabular">
              {houseTime(changedAt, timeZone)} {changedBy}
            </span>
          ),
        },
        ...(mayWrite
          ? [
              {
                title: t('actions'),
                width: 130,
                render: (_: unknown, prompt: PromptSummary) => actions(prompt),
              },
            ]
          : []),
      ]}
    />
  );
}

function Player({ prompt }: { prompt: PromptSummary }) {
  const { t } = useTranslation('settings');
  return (
    // biome-ignore lint/a11y/useMediaCaption: what is said stands in the row.
    <audio
      className={styles.player}
      controls
      preload="none"
      src={audioAddress(prompt)}
      aria-label={`${t('prompts.listen')} ${prompt.name}`}
    />
  );
}
