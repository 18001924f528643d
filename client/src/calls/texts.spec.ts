import { readFileSync } from 'node:fs';
import { callOutcomes, callStates, handlingPhases } from '@contracts/call';
import { alarmCodes, alarmLevels } from '@contracts/floor';
import { helpEndings, helpModes } from '@contracts/live-help';
import { imposedNotReadyReasons, notReadyReasons } from '@contracts/presence';
import { recordingStateSchema } from '@contracts/recording';
import {
  awayReasons,
  endedBySchema,
  factSchema,
  partyRefusals,
  ringMissedReasons,
  sourceSchema,
} from '@contracts/timeline';
import { targetKinds, transferFailures, transferModes } from '@contracts/transfer';
import { verdictOutcomeSchema } from '@contracts/verdict';
import { emptyWrapUp } from '@contracts/wrap-up';
import { describe, expect, test } from '@jest/globals';
import { needs } from '../floor/need-for-help';
import { laneIds } from './recording/lanes';

type Texts = { [key: string]: string | Texts };

const textsOf = (language: string, file: string): Texts =>
  JSON.parse(readFileSync(new URL(`../locales/${language}/${file}.json`, import.meta.url), 'utf8'));

/** The group's text for a code; codes hold dots, groups do not. */
const textFor = (texts: Texts, group: string, code: string): unknown => {
  const found = texts[group];
  return typeof found === 'object' ? found[code] : undefined;
};

const optionsOf = (kind: string, field: 'why' | 'to' | 'by' | 'with'): string[] => {
  const fact = factSchema.options.find((option) => option.shape.kind.value === kind);
  const shape: Record<string, unknown> = fact?.shape.data.shape ?? {};
  const schema = shape[field];
  return typeof schema === 'object' && schema !== null && 'options' in schema
    ? (schema.options as string[])
    : [];
};

describe.each(['zh-CN', 'en'])('every code has a text in %s', (language) => {
  const calls = textsOf(language, 'calls');
  const floor = textsOf(language, 'floor');
  const groups: [Texts, string, readonly string[]][] = [
    [calls, 'facts', factSchema.options.map((option) => option.shape.kind.value)],
    [
      calls,
      'facts',
      [
        'call.arrived-web',
        'call.arrived-outbound',
        'queue.entered-again',
        'ring.offered-transfer',
        'hang-up.requested-reason',
        'hang-up.carried-out-reason',
        'hold.granted-transfer',
        'transfer.completed-left',
        'transfer.failed-gone',
        'menu.digit-unknown',
      ],
    ],
    [calls, 'outcome', callOutcomes],
    [calls, 'state', callStates],
    [calls, 'phase', handlingPhases],
    [calls, 'verdictOutcome', verdictOutcomeSchema.options],
    [calls, 'recordingState', recordingStateSchema.options],
    [calls, 'recordingNotice', ['none', ...recordingStateSchema.options]],
    [calls, 'source', sourceSchema.options],
    [calls, 'by', endedBySchema.options],
    [calls, 'byShort', endedBySchema.options],
    [calls, 'ringMissed', ringMissedReasons],
    [calls, 'agentLost', optionsOf('agent.lost', 'why')],
    [calls, 'agentAway', awayReasons],
    [calls, 'partyRefusal', partyRefusals],
    [calls, 'transferFailure', transferFailures],
    [calls, 'transferMode', transferModes],
    [calls, 'target', targetKinds],
    [calls, 'swapped', optionsOf('transfer.swapped', 'with')],
    [calls, 'chargeWhy', optionsOf('charge.passed', 'why')],
    [calls, 'memberLeft', optionsOf('member.left', 'by')],
    [calls, 'partyLeft', optionsOf('party.left', 'by')],
    [calls, 'helpMode', helpModes],
    [calls, 'helpEnding', helpEndings],
    [calls, 'menuLeft', optionsOf('menu.left', 'why')],
    [calls, 'menuTo', optionsOf('menu.left', 'to')],
    [calls, 'turnedAway', optionsOf('call.turned-away', 'why')],
    [calls, 'field', Object.keys(emptyWrapUp)],
    [calls, 'lane', laneIds],
    [calls, 'laneShort', laneIds],
    [floor, 'alarms', alarmCodes],
    [floor, 'level', alarmLevels],
    [floor, 'needs', needs],
    [floor, 'reason', [...notReadyReasons, ...imposedNotReadyReasons]],
  ];
  test.each(groups.map(([texts, group, codes]) => ({ texts, group, codes })))(
    '$group',
    ({ texts, group, codes }) => {
      expect(codes.length).toBeGreaterThan(0);
      for (const code of codes)
        expect([code, textFor(texts, group, code)]).toEqual([code, expect.stringMatching(/\S/)]);
    },
  );
});

describe('both languages', () => {
  const keysOf = (texts: Texts, above = ''): string[] =>
    Object.entries(texts).flatMap(([key, text]) =>
      typeof text === 'string' ? [`${above}${key}`] : keysOf(text, `${above}${key} > `),
    );
  const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
  const flat = (texts: Texts): [string, string][] =>
    Object.entries(texts).flatMap(([key, text]): [string, string][] =>
      typeof text === 'string'
        ? [[key, text]]
        : flat(text).map(([below, found]): [string, string] => [`${key} > ${below}`, found]),
    );

  test.each(['calls', 'floor', 'quality', 'results'])(
    '%s have the same keys and the same parameters',
    (file) => {
      const [zh, en] = [textsOf('zh-CN', file), textsOf('en', file)];
      expect(keysOf(en).sort()).toEqual(keysOf(zh).sort());
      const english = new Map(flat(en));
      for (const [key, text] of flat(zh))
        expect([key, holes(english.get(key) ?? '')]).toEqual([key, holes(text)]);
    },
  );
});
