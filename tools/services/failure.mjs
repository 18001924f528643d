/**
 * Something the person at the terminal can mend. Shown as one line, never as a stack.
 */
export class Failure extends Error {
  /**
   * @param {string} what what went wrong, in one sentence
   * @param {string} [mend] the one thing that puts it right
   */
  constructor(what, mend) {
    super(mend ? `${what} ${mend}` : what);
    this.name = 'Failure';
    this.what = what;
    this.mend = mend;
  }
}

/**
 * Runs a tool's main function: a Failure becomes one line and exit code 1, anything else keeps its stack.
 * @param {() => Promise<number | void>} main
 */
export async function runTool(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const full = mendableSystemError(error);
    if (!(full instanceof Failure)) throw error;
    console.error(`sanling: ${full.message}`);
    process.exitCode = 1;
  }
}

/**
 * The system errors that say something about the machine rather than about this code.
 * @param {unknown} error
 */
export function mendableSystemError(error) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const path = error instanceof Error && 'path' in error ? ` (${error.path})` : '';
  if (code === 'ENOSPC') return new Failure(`The disk is full${path}.`, 'Free some space and start again.');
  if (code === 'EROFS')
    return new Failure(
      `The file system is read-only${path}.`,
      'Set SANLING_HOME to a folder that can be written.',
    );
  if (code === 'EACCES')
    return new Failure(`Permission denied${path}.`, 'Set SANLING_HOME to a folder of your own.');
  return error;
}
