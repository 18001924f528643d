import type { Device, DeviceStep } from './device.js';

/** A softphone that is missing something this long is lost. */
export const patienceMs = 5_000;
const lookAgainMs = 500;

interface Wish {
  clientId: string;
  takeOver: boolean;
  resuming?: string | undefined;
}
interface LeadingTab {
  socketId: string;
  sessionId: string;
  clientId: string;
}

/** Another connected tab leads, and nobody said to take over. The same browser tab may always come back. */
export function ledByAnother(device: Device, wish: Wish): boolean {
  return device.connected && device.clientId !== wish.clientId && !wish.takeOver;
}

/** The very page that leads only lost its socket for a moment: it keeps its account. */
export function mayResume(device: Device | undefined, wish: Wish): device is Device {
  return device !== undefined && device.clientId === wish.clientId && device.deviceId === wish.resuming;
}

/** Missing its registration; lost when that stays so. A device that is lost already is not lost again. */
const missing = { claimed: false, ready: false } as const;
const from = (now: number) => ({ lostAt: now + patienceMs });

export function resume(device: Device, tab: LeadingTab, now: number): DeviceStep {
  const resumed = { ...device, ...tab, ...missing, ...from(now), connected: true };
  return { device: resumed, lookAt: resumed.lostAt };
}

/** A new account for the tab. A call that another tab has goes on there until this one can take it. */
export function lead(
  made: LeadingTab & Pick<Device, 'deviceId' | 'secret' | 'displayName'>,
  now: number,
): DeviceStep {
  const device: Device = { ...made, ...missing, ...from(now), connected: true, legs: null };
  return { device, lookAt: device.lostAt };
}

export function reported(device: Device, registered: boolean, legs: string[], now: number): DeviceStep {
  if (!registered) return unregistered(device, now);
  const lostAt = device.ready ? null : (device.lostAt ?? now + patienceMs);
  return { device: { ...device, claimed: true, lostAt, legs }, lookAt: now };
}

function unregistered(device: Device, now: number): DeviceStep {
  const lostAt = device.claimed ? now + patienceMs : device.lostAt;
  return { device: { ...device, ...missing, lostAt }, lookAt: lostAt };
}

/** The leading tab went. */
export function tabGone(device: Device, socketId: string, now: number): DeviceStep | undefined {
  if (device.socketId !== socketId || !device.connected) return undefined;
  const lostAt = device.ready ? now + patienceMs : device.lostAt;
  return { device: { ...device, connected: false, ready: false, lostAt }, lookAt: lostAt };
}

/** The engine started anew: a softphone notices by its lost line and registers again within this. */
export const engineRestartPatienceMs = 20_000;

/** The engine does not know the device (any more); it is asked again until the device is lost. */
export function unreachable(device: Device, now: number, patience = patienceMs): DeviceStep {
  const lostAt = device.lostAt ?? now + patience;
  return { device: { ...device, ready: false, lostAt }, lookAt: now + lookAgainMs };
}

/** After the engine was asked. Nobody is given up before `patientUntil`. */
export function lookedAt(device: Device, reachable: boolean, now: number, patientUntil: number): DeviceStep {
  if (reachable && device.connected && device.claimed) {
    return { device: { ...device, ready: true, lostAt: null, legs: null }, lookAt: null };
  }
  // It was ready a moment ago: the engine lost it.
  if (device.ready) return unreachable(device, now);
  if (device.lostAt === null) return { device: { ...device, ready: false }, lookAt: null };
  const lostAt = Math.max(device.lostAt, patientUntil);
  if (now >= lostAt) return { device: { ...device, ready: false, lostAt: null }, lookAt: null };
  const asks = device.connected && device.claimed;
  return { device: { ...device, ready: false }, lookAt: asks ? Math.min(now + lookAgainMs, lostAt) : lostAt };
}
