/**
 * Ids that we put into ARI paths, AMI actions, channel variables and file names. Whoever hands in anything else has a
 * bug, so it throws.
 */
export function checkId(id: string): string {
  if (!/^[A-Za-z0-9._-]{1,128}$/.test(id)) throw new Error(`not an id: ${JSON.stringify(id)}`);
  return id;
}

/** Recording ids take no dot: it parts the pieces of the file's name. */
export function checkRecordingId(id: string): string {
  if (id.includes('.')) throw new Error(`not a recording id: ${JSON.stringify(id)}`);
  return checkId(id);
}
