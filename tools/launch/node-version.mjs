// Imports nothing that an old Node lacks: its one job is to say so in one line.
const OLDEST = [20, 19];

/**
 * @param {string} [version]
 * @returns {string | undefined} what is wrong, if anything
 */
export function nodeComplaint(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return undefined;
  return `This is Node ${version}; Sanling needs ${OLDEST.join('.')} or later. Install a newer Node from nodejs.org or your system's packages.`;
}

/** Ends the process when this Node is too old. */
export function requireNode() {
  const complaint = nodeComplaint();
  if (!complaint) return;
  console.error(`sanling: ${complaint}`);
  process.exit(1);
}
