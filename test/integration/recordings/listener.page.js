/**
 * In the page: plays a recording from a place, and tells how loud a tone is on each side (dB) half a second later.
 * A script of its own because it runs in the browser, not here.
 */
globalThis.listenAt = async ({ url, seconds, hertz }) => {
  const audio = new Audio(url);
  const until = (event) =>
    new Promise((resolve, reject) => {
      audio.addEventListener(event, resolve, { once: true });
      audio.addEventListener('error', () => reject(new Error(audio.error?.message)), { once: true });
    });
  await until('loadedmetadata');
  const { duration } = audio;
  audio.currentTime = seconds;
  await until('seeked');
  const context = new AudioContext();
  const splitter = context.createChannelSplitter(2);
  context.createMediaElementSource(audio).connect(splitter);
  const meters = [0, 1].map((side) => {
    const meter = context.createAnalyser();
    meter.fftSize = 4096;
    splitter.connect(meter, side);
    return meter;
  });
  await audio.play();
  while (audio.currentTime < seconds + 0.5) await new Promise(requestAnimationFrame);
  const [left, right] = meters.map((meter) => {
    const levels = new Float32Array(meter.frequencyBinCount);
    meter.getFloatFrequencyData(levels);
    return Math.max(-200, levels[Math.round((hertz * meter.fftSize) / context.sampleRate)]);
  });
  const at = audio.currentTime;
  audio.pause();
  audio.src = '';
  await context.close();
  return { duration, at, left, right };
};
