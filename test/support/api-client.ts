import { SocketClient } from './socket-client.js';

/** The password of the demo people in tests. */
export const demoPassword = 'three rings';

/** An HTTP answer, its body read as JSON when it is. */
export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface Ask {
  cookie?: string;
  /** Sent as JSON; a string as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Speaks to a running server as a browser would: `const lead = await api.signIn('lead'); await api.get('/api/calls', { cookie: lead })`. */
export class ApiClient {
  private readonly sockets: SocketClient[] = [];

  constructor(readonly url: string) {}

  async ask(method: string, path: string, { cookie, body, headers }: Ask = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie !== undefined && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') && text !== '';
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }

  read(path: string, ask?: Ask): Promise<Answer> {
    return this.ask('GET', path, ask);
  }

  post(path: string, ask?: Ask): Promise<Answer> {
    return this.ask('POST', path, ask);
  }

  put(path: string, ask?: Ask): Promise<Answer> {
    return this.ask('PUT', path, ask);
  }

  /** Signs in and returns the cookie to send from then on. */
  async signIn(login: string, password = demoPassword): Promise<string> {
    const { status, headers, body } = await this.post('/api/session', { body: { login, password } });
    const cookie = headers.get('set-cookie')?.split(';')[0];
    if (cookie === undefined) throw new Error(`sign-in of ${login}: ${status} ${JSON.stringify(body)}`);
    return cookie;
  }

  /** A tab's socket for the signed-in person; closed when the server stops. */
  async socketFor(cookie: string, headers: Record<string, string> = {}): Promise<SocketClient> {
    const client = await SocketClient.open(this.url, { cookie, ...headers });
    this.sockets.push(client);
    return client;
  }

  protected closeSockets(): void {
    for (const socket of this.sockets) socket.close();
  }
}
