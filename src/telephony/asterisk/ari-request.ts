export interface AriRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/ari/`; parts that come from outside are encoded by `ariPath`. */
  path: string;
  query?: Readonly<Record<string, string | number>>;
  body?: unknown;
}

export interface AriResponse {
  status: number;
  body: unknown;
}

/** Asterisk refused a request in a way that we did not foresee. */
export class AriError extends Error {
  constructor(
    request: AriRequest,
    readonly status: number,
    body: unknown,
  ) {
    super(`ARI ${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
    this.name = 'AriError';
  }
}

/** Joins path parts, each encoded. */
export function ariPath(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

/** The request as Asterisk takes it over the WebSocket. */
export function wireRequest(id: string, { method, path, query = {}, body }: AriRequest): unknown {
  return {
    type: 'RESTRequest',
    request_id: id,
    method,
    uri: path,
    query_strings: Object.entries(query).map(([name, value]) => ({ name, value: String(value) })),
    ...(body === undefined ? {} : { content_type: 'application/json', message_body: JSON.stringify(body) }),
  };
}
