import { createStore } from 'zustand/vanilla';

/** Choices of this machine, not of the person: headsets stay on the desk. */
interface PhoneSettings {
  microphoneId: string | null;
  outputId: string | null;
  /** 0–1. */
  ringVolume: number;
}

const key = 'sanling.phone';
const defaults: PhoneSettings = { microphoneId: null, outputId: null, ringVolume: 0.3 };

function stored(): PhoneSettings {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof value === 'object' && value !== null ? { ...defaults, ...value } : defaults;
  } catch (error) {
    console.warn('phone settings could not be read', error);
    return defaults;
  }
}

export const phoneSettings = createStore<PhoneSettings>()(stored);

phoneSettings.subscribe((state) => {
  try {
    localStorage.setItem(key, JSON.stringify(state));
  } catch (error) {
    console.warn('phone settings could not be kept', error);
  }
});
