/** A place in a list that is ordered by time and id, newest first; opaque to clients. */
export interface PageCursor {
  at: Date;
  id: string;
}

export function encodeCursor({ at, id }: PageCursor): string {
  return Buffer.from(`${at.toISOString()}|${id}`).toString('base64url');
}

/** Null for text that is no cursor of ours: the list then begins at its start. */
export function decodeCursor(text: string | undefined): PageCursor | null {
  const [at = '', id = ''] = Buffer.from(text ?? '', 'base64url')
    .toString()
    .split('|');
  const time = Date.parse(at);
  return Number.isNaN(time) || !/^[0-9a-f-]{36}$/.test(id) ? null : { at: new Date(time), id };
}
