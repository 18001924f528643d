import type { Duplex } from 'node:stream';

/** A connection whose upgrade is being thought about. */
export interface WaitingSocket {
  /** Aborted when the other end has gone, or waited too long. The socket is destroyed by then. */
  readonly gone: AbortSignal;
  /** To be called before somebody else reads the socket. */
  handOn(): void;
}

/** Watches a socket that nobody reads: its other end may go at any time, also half (a phone never closes only half). */
export function watchWaiting(socket: Duplex, patienceMs: number): WaitingSocket {
  const gone = new AbortController();
  const leave = () => {
    handOn();
    socket.destroy();
    gone.abort();
  };
  const late = setTimeout(leave, patienceMs);
  late.unref();
  const handOn = () => {
    clearTimeout(late);
    socket.off('end', leave).off('close', leave);
  };
  socket.once('end', leave).once('close', leave);
  if (socket.destroyed) leave();
  return { gone: gone.signal, handOn };
}
