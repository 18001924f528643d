import { readdirSync, readFileSync } from 'node:fs';
import { handlingPhases, holdAlarmSchema } from '@contracts/call';
import { roles } from '@contracts/identity';
import { imposedNotReadyReasons, notReadyReasons, presenceStates } from '@contracts/presence';
import { refusalCodes } from '@contracts/refusal';
import { endedBySchema } from '@contracts/timeline';
import { emptyWrapUp } from '@contracts/wrap-up';
import { describe, expect, it } from '@jest/globals';
import { keyOfAction } from '../desk/key-bindings';
import { settingsPlaces } from '../settings/settings-places';
import { places } from './navigation';
import { clientRefusalCodes } from './refused-error';

type Texts = { [key: string]: string | Texts };

const folder = new URL('../locales/', import.meta.url);
const features = readdirSync(new URL('zh-CN/', folder)).map((file) => file.replace('.json', ''));
const textsOf = (language: string, feature: string): Texts =>
  JSON.parse(readFileSync(new URL(`${language}/${feature}.json`, folder), 'utf8'));

const flat = (texts: Texts, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flat(value, `${path}${key}.`),
  );
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).toSorted();
// English says one thing in two forms; Chinese needs one.
const withoutPlural = (key: string) => key.replace(/_(one|other)$/, '');

it('has the same files in both languages', () => {
  expect(readdirSync(new URL('en/', folder))).toEqual(readdirSync(new URL('zh-CN/', folder)));
});

describe.each(features)('%s', (feature) => {
  const zh = new Map(flat(textsOf('zh-CN', feature)).map(([key, text]) => [withoutPlural(key), text]));
  const en = new Map(flat(textsOf('en', feature)).map(([key, text]) => [withoutPlural(key), text]));

  it('has the same keys in both languages', () => {
    expect([...en.keys()].toSorted()).toEqual([...zh.keys()].toSorted());
  });

  it('says something everywhere', () => {
    const silent = [...zh, ...en].filter(([, text]) => text.trim() === '').map(([key]) => key);
    expect(silent).toEqual([]);
  });

  it('fills in the same values in both languages', () => {
    const unlike = [...zh].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(en.get(key) ?? '').join(),
    );
    expect(unlike.map(([key]) => key)).toEqual([]);
  });
});

describe.each(['zh-CN', 'en'])('%s', (language) => {
  const keys = (feature: string) => new Set(flat(textsOf(language, feature)).map(([key]) => key));
  const missing = (feature: string, wanted: string[]) => wanted.filter((key) => !keys(feature).has(key));

  it('says of every refusal what happened and what to do', () => {
    const codes = [...Object.keys(refusalCodes), ...clientRefusalCodes];
    const wanted = codes.flatMap((code) => [`${code}.what`, `${code}.todo`]);
    expect([...keys('refusals')].toSorted()).toEqual(wanted.toSorted());
  });

  it('has a word for every state, reason, phase and key', () => {
    expect(
      missing(
        'ui',
        presenceStates.map((state) => `state.${state}`),
      ),
    ).toEqual([]);
    expect(
      missing(
        'app',
        roles.map((role) => `role.${role}`),
      ),
    ).toEqual([]);
    expect(
      missing(
        'app',
        places.map(({ key }) => `nav.${key}`),
      ),
    ).toEqual([]);
    expect(
      missing(
        'settings',
        settingsPlaces.map(({ key }) => `page.${key}`),
      ),
    ).toEqual([]);
    const reasons = [...notReadyReasons, ...imposedNotReadyReasons];
    expect(
      missing(
        'desk',
        reasons.map((reason) => `presence.reason.${reason}`),
      ),
    ).toEqual([]);
    expect(
      missing(
        'desk',
        handlingPhases.map((phase) => `phase.${phase}`),
      ),
    ).toEqual([]);
    expect(
      missing(
        'desk',
        endedBySchema.options.map((by) => `call.ended-by.${by}`),
      ),
    ).toEqual([]);
    const alarms = holdAlarmSchema.options.filter((level) => level !== 'none');
    expect(
      missing(
        'desk',
        alarms.map((level) => `hold.alarm.${level}`),
      ),
    ).toEqual([]);
    expect(
      missing(
        'desk',
        Object.keys(keyOfAction).map((action) => `keys.${action}`),
      ),
    ).toEqual([]);
    expect(
      missing(
        'desk',
        Object.keys(emptyWrapUp).map((field) => `wrap-up.field.${field}`),
      ),
    ).toEqual([]);
  });
});
