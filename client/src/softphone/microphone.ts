import { clientRefusal, RefusedError } from '../app/refused-error';

const processing = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** A fresh microphone stream, made for speech. Throws `RefusedError` with what the person can do about it. */
export async function openMicrophone(deviceId: string | null): Promise<MediaStream> {
  // Browsers hide the devices on pages that are not secure.
  if (!navigator.mediaDevices) throw new RefusedError(clientRefusal('client.insecure-page'));
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: constraintsOf(deviceId) });
  } catch (error) {
    // The chosen headset is unplugged: any microphone is better than none.
    if (deviceId && isGone(error)) return openMicrophone(null);
    throw microphoneRefusal(error);
  }
}

function constraintsOf(deviceId: string | null): MediaTrackConstraints {
  return deviceId ? { ...processing, deviceId: { exact: deviceId } } : processing;
}

function isGone(error: unknown): boolean {
  return error instanceof DOMException && ['OverconstrainedError', 'NotFoundError'].includes(error.name);
}

function microphoneRefusal(error: unknown): RefusedError {
  const denied = error instanceof DOMException && ['NotAllowedError', 'SecurityError'].includes(error.name);
  console.warn('no microphone', error);
  return new RefusedError(
    clientRefusal(denied ? 'client.microphone-denied' : 'client.microphone-missing', {
      name: error instanceof Error ? error.name : 'unknown',
    }),
  );
}

/** Stops every track: the browser's recording sign goes out. */
export function closeMicrophone(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

export interface AudioDevices {
  microphones: MediaDeviceInfo[];
  outputs: MediaDeviceInfo[];
}

/** Devices by name; names are empty until the microphone was allowed once. */
export async function listAudioDevices(): Promise<AudioDevices> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return {
    microphones: all.filter((device) => device.kind === 'audioinput' && device.deviceId),
    outputs: all.filter((device) => device.kind === 'audiooutput' && device.deviceId),
  };
}
