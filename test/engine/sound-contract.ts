import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { toneSamples, wavFile } from '../builders/tone-wav.js';
import { eventually } from '../support/eventually.js';
import type { EngineRig } from './rig.js';
import { Story } from './story.js';

/** The lines of the contract about sounds that are brought to the engine, and several played as one prompt. */
export function soundContract(rigOf: () => EngineRig): void {
  const wavOf = (ms: number) =>
    wavFile(toneSamples([{ ms, hertz: rigOf().promptHz, level: 0.3 }], 16_000), 16_000);

  it('plays a sound that was brought to it, until it is taken away', async () => {
    const { engine } = rigOf();
    const sound = `uploaded/${randomUUID()}`;
    expect(await engine.hasSound(sound)).toBe(false);
    await engine.provideSound(sound, wavOf(300));
    // In place of the first.
    await engine.provideSound(sound, wavOf(1_000));
    expect(await engine.hasSound(sound)).toBe(true);
    const story = new Story(rigOf());
    const { legId, party } = await story.opened();
    const promptId = randomUUID();
    await story.engine.playPrompt(legId, promptId, sound);
    await eventually(() => party.hears(rigOf().promptHz));
    await rigOf().pass(party, 1_000);
    await story.hears('prompt.finished', (event) => event.promptId === promptId);
    await engine.removeSound(sound);
    await engine.removeSound(sound);
    expect(await engine.hasSound(sound)).toBe(false);
    await story.ends(legId);
  });

  it('ends a prompt at once whose sound it does not have', async () => {
    const story = new Story(rigOf());
    const { legId } = await story.opened();
    const promptId = randomUUID();
    await story.engine.playPrompt(legId, promptId, `uploaded/${randomUUID()}`);
    await story.hears('prompt.finished', (event) => event.promptId === promptId);
    await story.ends(legId);
  });

  it('takes in nothing under a name that is no sound', async () => {
    await expect(rigOf().engine.provideSound('../outside', wavOf(300))).rejects.toThrow(
      'not the name of a sound',
    );
  });

  it('plays several sounds as one prompt, and passes over those it does not have', async () => {
    const story = new Story(rigOf());
    const { legId, party } = await story.opened();
    const promptId = randomUUID();
    const { sound, promptHz } = rigOf();
    await story.engine.playPrompt(legId, promptId, [sound, `uploaded/${randomUUID()}`, sound]);
    await eventually(() => party.hears(promptHz));
    await rigOf().pass(party, 1_300);
    await eventually(() => party.hears(promptHz));
    expect(story.told().filter(({ kind }) => kind === 'prompt.finished')).toEqual([]);
    await rigOf().pass(party, 1_000);
    await story.hears('prompt.finished', (event) => event.promptId === promptId);
    expect(story.told().filter(({ kind }) => kind === 'prompt.finished')).toHaveLength(1);
    await story.ends(legId);
  });
}
