import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { mainNode } from '../../contracts/node.js';
import { timeZoneName } from '../../contracts/time.js';
import { type AsteriskNode, asteriskNodes } from './asterisk-nodes.js';
import { hostAndPort, port, url } from './kinds.js';

/** Every setting the server reads, by the name of its environment variable. */
export const settingsSchema = z.object({
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  SANLING_HOME: z.string().default('.runtime'),
  DATABASE_URL: url('postgres:', 'postgresql:'),
  REDIS_URL: url('redis:', 'rediss:'),
  ASTERISK_HTTP_URL: url('http:', 'https:').default('http://127.0.0.1:8088'),
  ASTERISK_SIP_WS_URL: url('ws:', 'wss:').default('ws://127.0.0.1:8088/ws'),
  ASTERISK_ARI_USER: z.string().default('sanling'),
  ASTERISK_ARI_PASSWORD: z.string().default(''),
  ASTERISK_AMI_HOST: z.string().default('127.0.0.1'),
  ASTERISK_AMI_PORT: port.default(5038),
  ASTERISK_AMI_USER: z.string().default('sanling'),
  ASTERISK_AMI_PASSWORD: z.string().default(''),
  ASTERISK_STASIS_APP: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'may have a-z, 0-9 and - only')
    .default('sanling'),
  /** Several Asterisks, as JSON; users, passwords and application are the ones above. Unset: the one above. */
  ASTERISK_NODES: asteriskNodes.optional(),
  /** Where every Asterisk looks for sounds, as the server sees the folder; unset: where `npm start` puts it. */
  ASTERISK_SOUNDS: z.string().optional(),
  /** Kamailio before several Asterisks: where nodes send the agents' rings, where softphones go, where it takes our word. */
  SIP_EDGE: hostAndPort.optional(),
  SIP_EDGE_WS_URL: url('ws:', 'wss:').optional(),
  SIP_EDGE_RPC_URL: url('http:', 'https:').optional(),
  SIP_TRUNK_PORT: port.default(5060),
  /** The carrier's addresses, as the engine's configuration has them: these are never shut out. */
  SIP_TRUNK_PEERS: z.string().default('127.0.0.0/8'),
  /** The carrier's exchange that outside numbers are dialled over; unset, nothing can be dialled out. */
  SIP_TRUNK_PEER: hostAndPort.optional(),
  /** Files with the certificate chain and its key (PEM): the server speaks https and wss itself. Both or neither. */
  SANLING_TLS_CERT: z.string().optional(),
  SANLING_TLS_KEY: z.string().optional(),
  /** Keys the hashes of session tokens. */
  SANLING_SECRET: z.string().min(16, 'must have at least 16 characters'),
  /** Password of the demo sign-ins; without it no demo people are made. */
  SANLING_DEMO_PASSWORD: z.string().min(4, 'must have at least 4 characters').optional(),
  /** The demo hotel has a welcome and a recording notice before the queue. */
  SANLING_DEMO_FLOW: z.enum(['on', 'off']).default('off'),
  SANLING_TIME_ZONE: timeZoneName.default('Asia/Shanghai'),
  SANLING_SERVICE_NUMBER: z
    .string()
    .regex(/^[0-9]{1,20}$/, 'must be digits')
    .default('8000'),
  SANLING_REDIS_PREFIX: z
    .string()
    .regex(/^[a-z0-9:-]+$/, 'may have a-z, 0-9, : and - only')
    .default('sanling:'),
  /** Addresses of reverse proxies whose X-Forwarded headers are believed, as Express' `trust proxy` takes them. */
  SANLING_TRUSTED_PROXIES: z.string().default(''),
  /** Guest phones: how many one address may make in ten minutes, and how many there may be at once. */
  SANLING_GUESTS_PER_ADDRESS: z.coerce.number().int().min(1).default(10),
  SANLING_GUESTS_AT_ONCE: z.coerce.number().int().min(1).default(200),
  /** Announcements that are uploaded: how long one may be, and how large its file. */
  SANLING_LONGEST_PROMPT_SECONDS: z.coerce.number().int().min(1).max(900).default(180),
  SANLING_LARGEST_PROMPT_MB: z.coerce.number().int().min(1).max(100).default(20),
  /** Connections to the server, in all and from one address (proxies that are trusted are not counted). */
  SANLING_CONNECTIONS: z.coerce.number().int().min(10).default(10_000),
  SANLING_CONNECTIONS_PER_ADDRESS: z.coerce.number().int().min(10).default(2_000),
  /** Softphones that one process carries to the engine; less than `sessionlimit` in Asterisk's http.conf. */
  SANLING_SOFTPHONE_CONNECTIONS: z.coerce.number().int().min(1).default(4_000),
  /** Health says "short" when less than this is left of descriptors, of softphones' connections, and of the disk. */
  SANLING_RESERVE_PERCENT: z.coerce.number().int().min(1).max(90).default(20),
  SANLING_RESERVE_DISK_MB: z.coerce.number().int().min(1).default(2_000),
  /** Customers' numbers: how many one person may have shown, and how many different ones they may search for, an hour. */
  SANLING_NUMBERS_SHOWN_PER_HOUR: z.coerce.number().int().min(1).default(60),
  SANLING_NUMBER_SEARCHES_PER_HOUR: z.coerce.number().int().min(1).default(60),
  /**
   * Failed sign-ins that cost nothing: of a login at one place, of a login at all places where it is not known, of an
   * address; and how long the growing wait after them may become.
   */
  SANLING_SIGN_IN_TRIES: z.coerce.number().int().min(1).default(8),
  SANLING_SIGN_IN_TRIES_PER_LOGIN: z.coerce.number().int().min(1).default(20),
  SANLING_SIGN_IN_TRIES_PER_ADDRESS: z.coerce.number().int().min(1).default(60),
  SANLING_SIGN_IN_LONGEST_WAIT_SECONDS: z.coerce.number().int().min(1).max(86_400).default(900),
  /** Passwords from unknown places: looked at at once, and waiting for it. */
  SANLING_PASSWORD_CHECKS_AT_ONCE: z.coerce.number().int().min(1).max(64).default(2),
  SANLING_PASSWORD_CHECKS_WAITING: z.coerce.number().int().min(0).default(100),
  /** Open pages: of one sign-in, and of one person; connections of one address that are looked up at once, and that wait. */
  SANLING_TABS_PER_SESSION: z.coerce.number().int().min(1).default(20),
  SANLING_TABS_PER_PERSON: z.coerce.number().int().min(1).default(40),
  SANLING_CONNECTS_AT_ONCE: z.coerce.number().int().min(1).default(8),
  SANLING_CONNECTS_WAITING: z.coerce.number().int().min(0).default(500),
  /** Where the log goes; unset: standard output. It is put aside when it is as large as this, and at the end of the day. */
  SANLING_LOG_FILE: z.string().optional(),
  SANLING_LOG_MB: z.coerce.number().int().min(1).default(20),
  /** A file that the worker writes anew while it is well; unset: none. */
  SANLING_SIGN_OF_LIFE: z.string().optional(),
  SANLING_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
export type Settings = z.input<typeof settingsSchema>;
type Parsed = z.output<typeof settingsSchema>;

/** The edge that agents' softphones register at. */
export interface SipEdgeSettings {
  /** `host:port` for the nodes' SIP. */
  readonly sip: string;
  readonly webSocketUrl: string;
  readonly rpcUrl: string;
}

/** A setting is wrong: the message is one line for the person who starts the server. */
export class ConfigError extends Error {
  constructor(detail: string) {
    super(`configuration: ${detail}`);
    this.name = 'ConfigError';
  }
}

/** The server's settings, checked and typed. Injected wherever one is needed; nothing else reads the environment. */
export class Config {
  readonly port: number;
  readonly host: string;
  /** Absolute: where recordings and other files of this installation are. */
  readonly home: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly redisPrefix: string;
  readonly asterisk: {
    /** The house's Asterisks: one, or those of `ASTERISK_NODES`. */
    readonly nodes: readonly AsteriskNode[];
    /** Where softphones that register at a node are carried. */
    readonly sipWebSocketUrl: string;
    /** Absolute. */
    readonly soundsFolder: string;
    /** What agents register at instead, when there are several nodes. */
    readonly edge: SipEdgeSettings | undefined;
    /** `host:port`. */
    readonly trunkPeer: string | undefined;
    readonly ari: { readonly user: string; readonly password: string; readonly app: string };
  };
  readonly sipTrunkPort: number;
  /** Addresses and networks, with commas. */
  readonly sipTrunkPeers: string;
  /** Paths; undefined: plain http, for this machine only or behind a proxy that ends TLS. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly secret: string;
  readonly demoPassword: string | undefined;
  readonly demoFlow: boolean;
  readonly timeZone: string;
  readonly serviceNumber: string;
  readonly trustedProxies: string;
  readonly guests: { readonly perAddress: number; readonly atOnce: number };
  readonly customers: { readonly revealsPerHour: number; readonly searchesPerHour: number };
  readonly prompts: { readonly longestMs: number; readonly largestBytes: number };
  /** What the server's doors bear. */
  readonly doors: {
    readonly connections: number;
    readonly connectionsPerAddress: number;
    readonly softphoneConnections: number;
  };
  readonly reserve: { readonly percent: number; readonly diskBytes: number };
  readonly signIn: {
    readonly tries: number;
    readonly triesPerLogin: number;
    readonly triesPerAddress: number;
    readonly longestWaitMs: number;
  };
  readonly passwordChecks: { readonly atOnce: number; readonly waiting: number };
  readonly sockets: {
    readonly tabsPerSession: number;
    readonly tabsPerPerson: number;
    /** Of one address. */
    readonly connectsAtOnce: number;
    readonly connectsWaiting: number;
  };
  /** The worker's file that is young while it is well. */
  readonly signOfLife: string | undefined;
  readonly logFile: { readonly path: string; readonly largestBytes: number } | undefined;
  readonly logLevel: Parsed['SANLING_LOG_LEVEL'];

  constructor(settings: Parsed) {
    this.port = settings.PORT;
    this.host = settings.HOST;
    this.home = isAbsolute(settings.SANLING_HOME) ? settings.SANLING_HOME : resolve(settings.SANLING_HOME);
    this.databaseUrl = settings.DATABASE_URL;
    this.redisUrl = settings.REDIS_URL;
    this.redisPrefix = settings.SANLING_REDIS_PREFIX;
    this.asterisk = asteriskOf(settings, this.home);
    this.sipTrunkPort = settings.SIP_TRUNK_PORT;
    this.sipTrunkPeers = settings.SIP_TRUNK_PEERS;
    this.tls = tlsOf(settings);
    this.secret = settings.SANLING_SECRET;
    this.demoPassword = settings.SANLING_DEMO_PASSWORD;
    this.demoFlow = settings.SANLING_DEMO_FLOW === 'on';
    this.timeZone = settings.SANLING_TIME_ZONE;
    this.serviceNumber = settings.SANLING_SERVICE_NUMBER;
    this.trustedProxies = settings.SANLING_TRUSTED_PROXIES;
    this.guests = {
      perAddress: settings.SANLING_GUESTS_PER_ADDRESS,
      atOnce: settings.SANLING_GUESTS_AT_ONCE,
    };
    this.customers = {
      revealsPerHour: settings.SANLING_NUMBERS_SHOWN_PER_HOUR,
      searchesPerHour: settings.SANLING_NUMBER_SEARCHES_PER_HOUR,
    };
    this.prompts = {
      longestMs: settings.SANLING_LONGEST_PROMPT_SECONDS * 1_000,
      largestBytes: settings.SANLING_LARGEST_PROMPT_MB * 1_000_000,
    };
    this.doors = {
      connections: settings.SANLING_CONNECTIONS,
      connectionsPerAddress: settings.SANLING_CONNECTIONS_PER_ADDRESS,
      softphoneConnections: settings.SANLING_SOFTPHONE_CONNECTIONS,
    };
    this.reserve = {
      percent: settings.SANLING_RESERVE_PERCENT,
      diskBytes: settings.SANLING_RESERVE_DISK_MB * 1_000_000,
    };
    this.signIn = {
      tries: settings.SANLING_SIGN_IN_TRIES,
      triesPerLogin: settings.SANLING_SIGN_IN_TRIES_PER_LOGIN,
      triesPerAddress: settings.SANLING_SIGN_IN_TRIES_PER_ADDRESS,
      longestWaitMs: settings.SANLING_SIGN_IN_LONGEST_WAIT_SECONDS * 1_000,
    };
    this.passwordChecks = {
      atOnce: settings.SANLING_PASSWORD_CHECKS_AT_ONCE,
      waiting: settings.SANLING_PASSWORD_CHECKS_WAITING,
    };
    this.sockets = {
      tabsPerSession: settings.SANLING_TABS_PER_SESSION,
      tabsPerPerson: settings.SANLING_TABS_PER_PERSON,
      connectsAtOnce: settings.SANLING_CONNECTS_AT_ONCE,
      connectsWaiting: settings.SANLING_CONNECTS_WAITING,
    };
    this.signOfLife = settings.SANLING_SIGN_OF_LIFE;
    this.logFile = settings.SANLING_LOG_FILE
      ? { path: settings.SANLING_LOG_FILE, largestBytes: settings.SANLING_LOG_MB * 1_000_000 }
      : undefined;
    this.logLevel = settings.SANLING_LOG_LEVEL;
  }

  /** Reads the settings from `environment`; an empty variable counts as unset. Throws `ConfigError`. */
  static from(environment: Readonly<Record<string, string | number | undefined>>): Config {
    const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
    const parsed = settingsSchema.safeParse(given);
    if (parsed.success) return new Config(parsed.data);
    const lines = parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return given[name] === undefined ? `${name} is not set` : `${name}: ${issue.message}`;
    });
    throw new ConfigError(lines.join('; '));
  }
}

/** All three or none. */
function edgeOf(settings: Parsed): SipEdgeSettings | undefined {
  const { SIP_EDGE: sip, SIP_EDGE_WS_URL: webSocketUrl, SIP_EDGE_RPC_URL: rpcUrl } = settings;
  if (sip && webSocketUrl && rpcUrl) return { sip, webSocketUrl, rpcUrl };
  if (sip || webSocketUrl || rpcUrl)
    throw new ConfigError('SIP_EDGE, SIP_EDGE_WS_URL and SIP_EDGE_RPC_URL are set together or not at all');
  return undefined;
}

function tlsOf({ SANLING_TLS_CERT: certFile, SANLING_TLS_KEY: keyFile }: Parsed): Config['tls'] {
  if (certFile && keyFile) return { certFile, keyFile };
  if (certFile || keyFile) throw new ConfigError('SANLING_TLS_CERT and SANLING_TLS_KEY: set both or neither');
  return undefined;
}

function asteriskOf(settings: Parsed, home: string): Config['asterisk'] {
  const { ASTERISK_AMI_USER: user, ASTERISK_AMI_PASSWORD: password } = settings;
  const only = {
    name: mainNode,
    httpUrl: settings.ASTERISK_HTTP_URL,
    amiHost: settings.ASTERISK_AMI_HOST,
    amiPort: settings.ASTERISK_AMI_PORT,
  };
  return {
    nodes: (settings.ASTERISK_NODES ?? [only]).map(({ name, httpUrl, amiHost, amiPort }) => ({
      name,
      httpUrl,
      ami: { host: amiHost, port: amiPort, user, password },
    })),
    sipWebSocketUrl: settings.ASTERISK_SIP_WS_URL,
    soundsFolder: resolve(settings.ASTERISK_SOUNDS ?? join(home, 'asterisk/data/sounds')),
    edge: edgeOf(settings),
    trunkPeer: settings.SIP_TRUNK_PEER,
    ari: {
      user: settings.ASTERISK_ARI_USER,
      password: settings.ASTERISK_ARI_PASSWORD,
      app: settings.ASTERISK_STASIS_APP,
    },
  };
}
