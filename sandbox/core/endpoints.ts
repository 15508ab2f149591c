export type UpstreamName = "espai" | "potato" | "talkbot";
export const UPSTREAMS: readonly UpstreamName[] = ["espai", "potato", "talkbot"];

export type WriteKind = "transfer" | "destroy" | "generate";
export type CallKind = WriteKind | "list" | "detail" | "keys" | "billing" | "usage";

export type Endpoint = { upstream: UpstreamName; path: string; method: "GET" | "POST"; kind: CallKind };

/** Every endpoint of the three upstreams. */
export const ENDPOINTS: readonly Endpoint[] = [
  { upstream: "espai", path: "/cdkey/list", method: "POST", kind: "list" },
  { upstream: "espai", path: "/cdkey/detail", method: "POST", kind: "detail" },
  { upstream: "espai", path: "/cdkey/transfer", method: "POST", kind: "transfer" },
  { upstream: "espai", path: "/cdkey/destroy", method: "POST", kind: "destroy" },
  { upstream: "potato", path: "/api/createCardMy", method: "POST", kind: "generate" },
  { upstream: "potato", path: "/api/getCardMyList", method: "POST", kind: "keys" },
  { upstream: "talkbot", path: "/v1/billing", method: "GET", kind: "billing" },
  { upstream: "talkbot", path: "/v1/billing/usage", method: "GET", kind: "usage" },
];

export const isWrite = (kind: CallKind): kind is WriteKind =>
  kind === "transfer" || kind === "destroy" || kind === "generate";
