import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** The network between a browser and the product: it can be cut, or changed for another one, as a cable or a Wi-Fi is. */
export class Relay {
  private readonly toBrowser = new Set<Socket>();
  private readonly toProduct = new Set<Socket>();
  private open = true;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(productUrl: string): Promise<Relay> {
    const { hostname, port } = new URL(productUrl);
    const server = createServer((browser) => relay.carry(browser, connect(Number(port), hostname)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port was given');
    const relay: Relay = new Relay(server, `http://127.0.0.1:${address.port}`);
    return relay;
  }

  /** Every connection breaks, at both ends, and none is made until `restore`. */
  cut(): void {
    this.open = false;
    for (const socket of this.toBrowser) socket.destroy();
  }

  /** The browser's connections break without a word to the other end, as when it goes to another network. */
  changeNetwork(): void {
    this.open = false;
    for (const socket of this.toBrowser) {
      socket.removeAllListeners('close');
      socket.destroy();
    }
    this.toBrowser.clear();
  }

  restore(): void {
    this.open = true;
  }

  async close(): Promise<void> {
    this.cut();
    for (const socket of this.toProduct) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private carry(browser: Socket, product: Socket): void {
    // A broken connection is what this is for; the other end is closed by the listener below.
    browser.on('error', () => undefined);
    product.on('error', () => browser.destroy());
    product.on('close', () => {
      this.toProduct.delete(product);
      browser.destroy();
    });
    if (!this.open) {
      browser.destroy();
      product.destroy();
      return;
    }
    this.toBrowser.add(browser);
    this.toProduct.add(product);
    browser.on('close', () => {
      this.toBrowser.delete(browser);
      product.destroy();
    });
    browser.pipe(product, { end: false });
    product.pipe(browser, { end: false });
  }
}
