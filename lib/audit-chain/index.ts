/**
 * The chain over the audit: HMACs, heads and the check. The door for server code. Runs on plain Node too, for
 * `npm run audit:verify`: relative imports with their endings, no ORM.
 */
import "server-only";

export { chainSource } from "./chain-source.ts";
export { CHAIN_START, type ChainKeys, chainKeys, entryMac, sameMac, sealMac } from "./entry-mac.ts";
export { type NotedHead, noteHead, readHeads } from "./head-file.ts";
export { type ChainFault, type ChainReport, verifyChain } from "./verify-chain.ts";
