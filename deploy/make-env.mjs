import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Writes `.env` for docker compose with passwords of its own, once. `node deploy/make-env.mjs [path]`
 */
const path = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '../.env');
const secret = () => randomBytes(24).toString('hex');

if (existsSync(path)) {
  console.error(`${path} exists already; remove it to make new passwords (the database keeps its old one).`);
  process.exit(1);
}
const lines = [
  '# The address browsers and carriers reach this machine by. Empty: this machine only.',
  'PUBLIC_ADDRESS=',
  '# Where calls and their sound come in: an IPv4 address of this machine that the carrier and browsers reach.',
  'SIP_BIND_ADDRESS=127.0.0.1',
  '# Who may send calls: the addresses of your carrier, with commas. Empty: nobody. 172.31.58.1/32 is this machine, to try it',
  '# with SIP_BIND_ADDRESS=127.0.0.1 only.',
  'SIP_TRUNK_PEERS=',
  // Where calls to outside numbers go (host:port); empty: nothing can be dialled out.
  'SIP_TRUNK_PEER=',
  'SIP_TRUNK_PORT=5060',
  '# How many calls one carrier may bring a second, and at once; more are told 503.',
  'SIP_TRUNK_CALLS_PER_SECOND=50',
  '# Empty: as many as the RTP ports bear, a quarter of them.',
  'SIP_TRUNK_CALLS_AT_ONCE=',
  '# The account at the carrier, where it gives one. REGISTER=yes: tell it where we are; CHALLENGE=yes: it must prove itself.',
  'SIP_TRUNK_USER=',
  'SIP_TRUNK_SECRET=',
  'SIP_TRUNK_REGISTER=',
  'SIP_TRUNK_CHALLENGE=',
  '# The folder with certificates, seen as /certificates by the containers; paths of PEM files in it turn TLS on.',
  'CERTIFICATES=./certificates',
  'SIP_TRUNK_TLS_PORT=5061',
  'SIP_TRUNK_TLS_CERT=',
  'SIP_TRUNK_TLS_KEY=',
  'SANLING_TLS_CERT=',
  'SANLING_TLS_KEY=',
  '# Where the web server listens; behind a proxy with TLS, the address that the proxy reaches.',
  'BIND_ADDRESS=127.0.0.1',
  'PORT=3000',
  '# Addresses of that proxy, so that it is believed about who asks and that it was https.',
  'SANLING_TRUSTED_PROXIES=',
  '# What the doors bear, and when health says that something runs short (docs/security.md); empty: as written there.',
  'SANLING_CONNECTIONS=',
  'SANLING_CONNECTIONS_PER_ADDRESS=',
  'SANLING_SOFTPHONE_CONNECTIONS=',
  'SANLING_RESERVE_PERCENT=',
  'SANLING_RESERVE_DISK_MB=',
  '# How many customers’ numbers one person may have shown whole, and search calls by, an hour.',
  'SANLING_NUMBERS_SHOWN_PER_HOUR=60',
  'SANLING_NUMBER_SEARCHES_PER_HOUR=60',
  '# Failed sign-ins that cost nothing, password checks and open pages at once: docs/security.md. Empty: as the server has it.',
  'SANLING_SIGN_IN_TRIES=',
  'SANLING_SIGN_IN_TRIES_PER_LOGIN=',
  'SANLING_SIGN_IN_TRIES_PER_ADDRESS=',
  'SANLING_SIGN_IN_LONGEST_WAIT_SECONDS=',
  'SANLING_PASSWORD_CHECKS_AT_ONCE=',
  'SANLING_PASSWORD_CHECKS_WAITING=',
  'SANLING_TABS_PER_SESSION=',
  'SANLING_TABS_PER_PERSON=',
  'SANLING_CONNECTS_AT_ONCE=',
  'SANLING_CONNECTS_WAITING=',
  '# How large a log file of the telephony becomes, and how long it is kept.',
  'SANLING_LOG_MB=20',
  'SANLING_LOG_DAYS=14',
  'SANLING_TIME_ZONE=Asia/Shanghai',
  'ASTERISK_DESCRIPTORS=65536',
  'RTP_FIRST_PORT=10000',
  'RTP_LAST_PORT=10199',
  '# Several machines: see deploy/scale.env. What of the second one is reached from outside:',
  'ASTERISK_NODES=',
  'SIP_EDGE=',
  'SIP_EDGE_WS_URL=',
  'SIP_EDGE_RPC_URL=',
  'SIP_TRUNK_PORT_B=5062',
  'SIP_TRUNK_TLS_PORT_B=5063',
  'RTP_FIRST_PORT_B=10200',
  'RTP_LAST_PORT_B=10399',
  'PORT_B=3001',
  `POSTGRES_PASSWORD=${secret()}`,
  `DATABASE_PASSWORD=${secret()}`,
  `REDIS_PASSWORD=${secret()}`,
  `ASTERISK_ARI_PASSWORD=${secret()}`,
  `ASTERISK_AMI_PASSWORD=${secret()}`,
  `SANLING_SECRET=${secret()}`,
  '# Password of the demo sign-ins; remove the line to start without demo people.',
  `SANLING_DEMO_PASSWORD=${randomBytes(9).toString('base64url')}`,
  'SANLING_DEMO_FLOW=on',
];
writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 });
console.log(`wrote ${path}; now: docker compose up --build`);
