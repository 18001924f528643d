import { expect, type Page } from '@playwright/test';

/** What came out of a page's earpiece in a short while, each the strongest moment of it (0 to 1 of full scale). */
export interface Heard {
  /** Root mean square. */
  loudness: number;
  customer: number;
  agent: number;
  colleague: number;
  /** What is nobody's tone: music. */
  rest: number;
}

export const tones = { customer: 440, agent: 1_000, colleague: 1_700 } as const;

/** Clearly there, and clearly not: measured speech-loud tones come out above 0.03, and a silent line below 0.001. */
export const audible = 0.01;
export const silent = 0.004;

/** Listens to the other side's stream as the page plays it, for a second: longer than a gap between two beeps. */
export async function listen(page: Page, windowMs = 1_000): Promise<Heard> {
  return page.evaluate(
    async ({ windowMs, tones }) => {
      const nothing = { loudness: 0, customer: 0, agent: 0, colleague: 0, rest: 0 };
      const stream = document.querySelector<HTMLAudioElement>('[data-testid="remote-audio"]')?.srcObject;
      if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return nothing;
      const context = new AudioContext();
      await context.resume();
      const analyser = context.createAnalyser();
      analyser.fftSize = 4096;
      context.createMediaStreamSource(stream).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      const strength = (hertz: number): number => {
        const step = (2 * Math.PI * hertz) / context.sampleRate;
        let [sine, cosine] = [0, 0];
        samples.forEach((sample, i) => {
          sine += sample * Math.sin(step * i);
          cosine += sample * Math.cos(step * i);
        });
        return (2 * Math.hypot(sine, cosine)) / samples.length;
      };
      const heard = { ...nothing };
      const until = performance.now() + windowMs;
      while (performance.now() < until) {
        await new Promise((next) => setTimeout(next, 70));
        analyser.getFloatTimeDomainData(samples);
        const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
        heard.loudness = Math.max(heard.loudness, Math.sqrt(power));
        let voices = 0;
        for (const who of ['customer', 'agent', 'colleague'] as const) {
          const voice = strength(tones[who]);
          heard[who] = Math.max(heard[who], voice);
          voices += (voice * voice) / 2;
        }
        const rest = Math.max(0, power - voices);
        heard.rest = Math.max(heard.rest, Math.sqrt(rest));
      }
      await context.close();
      return heard;
    },
    { windowMs, tones },
  );
}

/** Waits until the page plays these voices and none of the others. */
export async function expectVoices(page: Page, ...voices: (keyof typeof tones)[]): Promise<void> {
  await expect(async () => {
    const heard = await listen(page);
    for (const who of ['customer', 'agent', 'colleague'] as const) {
      if (voices.includes(who)) expect(heard[who], `${who} is heard`).toBeGreaterThan(audible);
      else expect(heard[who], `${who} is not heard`).toBeLessThan(silent);
    }
  }).toPass({ timeout: 20_000 });
}
