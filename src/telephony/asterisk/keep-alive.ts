import type WebSocket from 'ws';
import type { Cancel, Clock } from '../../kernel/clock.js';

const pingEveryMs = 10_000;

/** A peer that vanished without closing is noticed by its missing pong. */
export function keepAlive(socket: WebSocket, clock: Clock, onSilent: () => void): Cancel {
  let alive = true;
  let cancel: Cancel = () => undefined;
  const beat = () => {
    if (!alive) {
      onSilent();
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
    cancel = clock.at(clock.now() + pingEveryMs, beat);
  };
  socket.on('pong', () => {
    alive = true;
  });
  beat();
  return () => cancel();
}
