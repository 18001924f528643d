import { io } from 'socket.io-client';
import { Connection } from './connection';

/** Connects to the server this page came from; the session cookie signs it in. */
export function openConnection(onRefused: () => void): Connection {
  const socket = io({
    autoConnect: false,
    transports: ['websocket'],
    reconnectionDelay: 400,
    reconnectionDelayMax: 5_000,
    randomizationFactor: 0.5,
  });
  return new Connection(socket, onRefused);
}
