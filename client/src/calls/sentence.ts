/** A sentence of the `calls` texts: its key under `facts` and what fills it. */
export interface Sentence {
  key: string;
  params: Record<string, string | number>;
  /** Codes the reader sees as words: parameter name → key of its text, which the same `params` fill. */
  words: Record<string, string>;
}

/** How people and the house's own codes (hold reasons, hang-up reasons, outcomes) are told. */
export interface Naming {
  agent(agentId: string): string;
  holdReason(code: string): string;
  hangUpReason(code: string): string;
  outcome(code: string): string;
  transferReason(code: string): string;
  /** Why an outbound call is made. */
  purpose(code: string): string;
}
