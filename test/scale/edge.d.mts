/** Starts Debian's Kamailio for this home, with the nodes' SIP ports; answers the product's settings for it. */
export function startEdge(trunks: readonly number[]): Promise<{
  SIP_EDGE: string;
  SIP_EDGE_WS_URL: string;
  SIP_EDGE_RPC_URL: string;
}>;
export function stopEdge(): Promise<void>;
