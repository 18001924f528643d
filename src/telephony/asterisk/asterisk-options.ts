/** Where Asterisk is and how we sign in. The module fills it from the settings; tests fill it themselves. */
export interface AsteriskOptions {
  /** `http://host:port` of Asterisk's HTTP server, for ARI and its WebSocket. */
  httpUrl: string;
  ari: { user: string; password: string; app: string };
  ami: { host: string; port: number; user: string; password: string };
  /** Where Asterisk looks for sounds, as this process sees the folder. */
  soundsFolder: string;
  /** Names of the endpoints that are trunks; every other endpoint must be a device that we provisioned. */
  trunks?: readonly string[];
  /** `host:port` of the exchange beyond the trunk that outside numbers are dialled over; without it none can be. */
  trunkPeer?: string | undefined;
  /** `host:port` of the edge that agents are rung through; without it they are registered at this Asterisk. */
  edge?: string | undefined;
}

export const defaultTrunks: readonly string[] = ['trunk'];
