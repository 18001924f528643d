import { io } from 'socket.io-client';
import { Connection, type Wire } from './connection';

/** Connects to the server this page came from; the session cookie signs it in. */
export function openConnection(onRefused: () => void): Connection {
  const socket = io({
    autoConnect: false,
    transports: ['websocket'],
    reconnectionDelay: 400,
    reconnectionDelayMax: 2_500,
    randomizationFactor: 0.5,
  });
  const wire: Wire = {
    connect: () => socket.connect(),
    disconnect: () => socket.disconnect(),
    on: (event, listener) => socket.on(event, listener as () => void),
    off: (event, listener) => socket.off(event, listener as () => void),
    timeout: (ms) => socket.timeout(ms),
    get connected() {
      return socket.connected;
    },
  };
  return new Connection(wire, onRefused);
}
