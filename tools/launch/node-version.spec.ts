import { describe, expect, it } from '@jest/globals';
import { nodeComplaint } from './node-version.mjs';

describe('the oldest Node', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('%s will do', (version) => {
    expect(nodeComplaint(version)).toBeUndefined();
  });

  it.each(['12.22.0', '18.20.4', '20.18.3'])('%s will not, and it says so in one line', (version) => {
    expect(nodeComplaint(version)).toMatch(
      new RegExp(`^This is Node ${version}; Sanling needs 20.19 or later.[^\n]*$`),
    );
  });
});
