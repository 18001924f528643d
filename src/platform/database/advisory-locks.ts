/**
 * PostgreSQL's advisory locks are numbers that the whole database shares: this is the one list of ours, so that no number
 * has two meanings.
 */
export const advisoryLocks = {
  migrations: 3_202_600_001,
  peopleSeed: 3_202_600_002,
  queuesSeed: 3_202_600_003,
  diallingRules: 3_202_600_004,
  phoneBookSeed: 3_202_600_005,
  flowVersions: 3_202_600_006,
  policyVersions: 3_202_600_007,
  prompts: 3_202_600_008,
} as const;
