let context: AudioContext | undefined;

/** The page's one audio context: ring tone and level meters. */
export function audioContext(): AudioContext {
  context ??= new AudioContext({ latencyHint: 'interactive' });
  return context;
}

/** Call it in a click or key press: browsers keep a page silent until the person touched it. */
export function unlockAudio(): void {
  audioContext()
    .resume()
    .catch((error: unknown) => console.warn('sound stays locked', error));
}

/** True when a tone played now would be heard. */
export function audioUnlocked(): boolean {
  return context?.state === 'running';
}
