import { describe, expect, it } from '@jest/globals';
import { Config, ConfigError } from './config.js';

const least = {
  DATABASE_URL: 'postgres://sanling@127.0.0.1/sanling',
  REDIS_URL: 'redis://127.0.0.1',
  SANLING_SECRET: 'a secret of some length',
};

const nodeA = { name: 'a', httpUrl: 'http://10.0.0.11:8088', amiHost: '10.0.0.11', amiPort: 5038 };

describe('the settings', () => {
  it('take their defaults from little', () => {
    const config = Config.from({ ...least, PORT: '' });
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      timeZone: 'Asia/Shanghai',
      serviceNumber: '8000',
    });
  });

  it('name one Asterisk, or several that share their sign-in', () => {
    const one = Config.from({ ...least, ASTERISK_HTTP_URL: 'http://127.0.0.1:9' });
    expect(one.asterisk.nodes).toMatchObject([{ name: 'main', httpUrl: 'http://127.0.0.1:9' }]);
    const nodes = [nodeA, { ...nodeA, name: 'b', amiHost: '10.0.0.12' }];
    const two = Config.from({ ...least, ASTERISK_NODES: JSON.stringify(nodes), ASTERISK_AMI_USER: 'house' });
    expect(two.asterisk.nodes).toMatchObject([
      { name: 'a', httpUrl: nodeA.httpUrl, ami: { host: '10.0.0.11', user: 'house' } },
      { name: 'b', ami: { host: '10.0.0.12', user: 'house' } },
    ]);
  });

  it.each([
    [{ PORT: 'web' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [
      { DATABASE_URL: 'mysql://x' },
      'DATABASE_URL: must be an address beginning with postgres:// or postgresql://',
    ],
    [{ REDIS_URL: undefined }, 'REDIS_URL is not set'],
    [{ SANLING_TIME_ZONE: 'Asia/Zunyi' }, 'SANLING_TIME_ZONE: must be a time zone'],
    [{ ASTERISK_NODES: 'a' }, 'ASTERISK_NODES: must be JSON'],
    [{ ASTERISK_NODES: JSON.stringify([nodeA, nodeA]) }, 'ASTERISK_NODES: names must differ'],
    [{ SIP_TRUNK_PEER: 'carrier.example;x' }, 'SIP_TRUNK_PEER: must be host:port'],
    [{ SANLING_SECRET: 'short' }, 'SANLING_SECRET: must have at least 16'],
  ])('%j is refused in one line', (wrong, told) => {
    const start = () => Config.from({ ...least, ...wrong });
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(told);
    expect(start).not.toThrow('\n');
  });
});
