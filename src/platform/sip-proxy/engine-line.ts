import { WebSocket } from 'ws';

/** Of the engine's: it is trusted, and writes a few kB. */
const maxFrameBytes = 64 * 1024;

/** An open connection to the engine. */
export interface EngineLine {
  readonly socket: WebSocket;
  /** Of ours: the engine sees this phone's signalling come from there. */
  readonly address: string | undefined;
  readonly port: number;
}

/** Connects to the engine; closed again at once when the phone is `gone` meanwhile. Rejects when it cannot be reached. */
export function reachEngine(url: string, gone: AbortSignal): Promise<EngineLine> {
  const socket = new WebSocket(url, 'sip', {
    handshakeTimeout: 4_000,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
  });
  const giveUp = () => socket.terminate();
  gone.addEventListener('abort', giveUp, { once: true });
  return new Promise<EngineLine>((resolve, reject) => {
    let line: EngineLine | undefined;
    socket.once('upgrade', ({ socket: { localAddress, localPort } }) => {
      line = { socket, address: localAddress, port: localPort ?? 0 };
    });
    socket.once('open', () => line && resolve(line));
    socket.once('error', reject);
  }).finally(() => gone.removeEventListener('abort', giveUp));
}
