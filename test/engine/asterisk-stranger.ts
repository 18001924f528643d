import { RawSip, type Wish } from '../support/phones/raw-sip.js';
import { digestAnswer } from '../support/phones/sip-digest.js';
import { headerOf } from '../support/phones/sip-message.js';
import type { SipServer } from '../support/phones/sip-transport.js';
import type { RigStranger } from './rig.js';

const secret = 'not the secret';

/** Somebody with a UDP socket at an address that is not the trunk's. */
export class AsteriskStranger implements RigStranger {
  private constructor(
    readonly address: string,
    private readonly server: SipServer,
    private readonly sip: RawSip,
  ) {}

  static async open(address: string, server: SipServer): Promise<AsteriskStranger> {
    return new AsteriskStranger(address, server, await RawSip.open(address, server));
  }

  async knocks(): Promise<'asked' | 'refused'> {
    const { status } = await this.sip.ask({ method: 'OPTIONS', from: 'nobody' });
    if (status === 401) return 'asked';
    if (status === 403) return 'refused';
    throw new Error(`a stranger was answered ${status}`);
  }

  async guessesAt(account: string): Promise<void> {
    const register: Wish = { method: 'REGISTER', from: account };
    const challenge = headerOf(await this.sip.ask(register), 'www-authenticate');
    if (challenge === '') return;
    const uri = `sip:${account}@${this.server.host}:${this.server.port}`;
    const proof = digestAnswer(challenge, { method: 'REGISTER', uri, user: account, secret });
    const { status } = await this.sip.ask({ ...register, headers: [['authorization', proof]] });
    if (status !== 401) throw new Error(`a guess was answered ${status}`);
  }

  close(): void {
    this.sip.close();
  }
}
