import { authorizeEspai, detail, list } from "./espai.ts";
import { destroy, transfer } from "./espai-writes.ts";
import type { Call, Lab, Result } from "./lab.ts";
import { authorizePotato, createCardMy, getCardMyList } from "./potato.ts";
import { authorizeTalkbot, billing, usage } from "./talkbot.ts";
import type { CallKind, UpstreamName, WriteKind } from "./types.ts";

export type Route = {
  upstream: UpstreamName;
  path: string;
  method: "GET" | "POST";
  kind: CallKind;
  authorize(lab: Lab, call: Call): Result | null;
  run(lab: Lab, call: Call): Result;
};

const espai = { upstream: "espai", method: "POST", authorize: authorizeEspai } as const;
const potato = { upstream: "potato", method: "POST", authorize: authorizePotato } as const;
const talkbot = { upstream: "talkbot", method: "GET", authorize: authorizeTalkbot } as const;

/** Every call the upstreams know. */
export const ROUTES: readonly Route[] = [
  { ...espai, path: "/cdkey/list", kind: "list", run: list },
  { ...espai, path: "/cdkey/detail", kind: "detail", run: detail },
  { ...espai, path: "/cdkey/transfer", kind: "transfer", run: transfer },
  { ...espai, path: "/cdkey/destroy", kind: "destroy", run: destroy },
  { ...potato, path: "/api/createCardMy", kind: "generate", run: createCardMy },
  { ...potato, path: "/api/getCardMyList", kind: "keys", run: getCardMyList },
  { ...talkbot, path: "/v1/billing", kind: "billing", run: billing },
  { ...talkbot, path: "/v1/billing/usage", kind: "usage", run: usage },
];

export const isWrite = (kind: CallKind): kind is WriteKind =>
  kind === "transfer" || kind === "destroy" || kind === "generate";
