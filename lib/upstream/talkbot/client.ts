import "server-only";
import { env } from "@/lib/core/env";
import { type DriftKind, reportDrift } from "../drift";
import { type CallSpec, callRead, type Link } from "../http/call-upstream";
import { countOf } from "../http/coerce";
import { readRows, type UnreadableRow } from "../http/parse-rows";
import { UpstreamError } from "../upstream-error";
import { judgeTalkbot } from "./parse-response";
import { reshapeBilling, reshapeUsageRow } from "./reshape";
import type { ReadUsageInput, TalkbotBilling, TalkbotUsageRow } from "./wire-schema";

export type TalkbotConfig = Omit<Link, "upstream" | "secrets"> & { apiKey: string };

export type UsageList = {
  rows: TalkbotUsageRow[];
  unreadable: UnreadableRow[];
  /** Rows in all, as the upstream says; null when missing. */
  total: number | null;
};

export type Talkbot = ReturnType<typeof createTalkbot>;

/** Talk-Bot's billing (余额查询). Reads only; they throw {@link UpstreamError}. */
export function createTalkbot(config: TalkbotConfig) {
  const link: Link = { ...config, upstream: "talkbot", secrets: [config.apiKey] };
  const get = (path: string): CallSpec => ({
    method: "GET",
    path,
    headers: () => ({ authorization: `Bearer ${config.apiKey}` }),
  });

  /** Points and amount, in all and remaining, as bigint micro-units. */
  async function readBilling(): Promise<TalkbotBilling> {
    const { data, trace } = await callRead(link, get("/v1/billing"), judgeTalkbot);
    const billing = reshapeBilling(data.data, noteOn("/v1/billing"));
    if (!billing) throw new UpstreamError("talkbot", "wrong_shape", "the bill has a number that can't be read", trace);
    return billing;
  }

  /** Usage since a day, a page at a time. */
  async function readUsage({ page, size, startDate }: ReadUsageInput): Promise<UsageList> {
    const query = new URLSearchParams({ pageNum: String(page), pageSize: String(size), startDate });
    const { data, trace } = await callRead(link, get(`/v1/billing/usage?${query}`), judgeTalkbot);
    if (!Array.isArray(data.data)) throw new UpstreamError("talkbot", "wrong_shape", "the list has no rows", trace);
    const note = noteOn("/v1/billing/usage");
    const { items, unreadable } = await readRows(data.data, (row) => reshapeUsageRow(row, note));
    return { rows: items, unreadable, total: countOf(data.total) };
  }

  return { readBilling, readUsage };
}

let configured: Talkbot | undefined;

/** Talk-Bot as this process is configured. Throws {@link UpstreamError} "not_configured" without a key. */
export function talkbot(): Talkbot {
  configured ??= fromEnv();
  return configured;
}

function fromEnv(): Talkbot {
  const e = env();
  if (!e.TALKBOT_API_KEY) throw new UpstreamError("talkbot", "not_configured");
  return createTalkbot({
    baseUrl: e.TALKBOT_BASE_URL,
    apiKey: e.TALKBOT_API_KEY,
    readTimeoutMs: e.UPSTREAM_TIMEOUT_MS,
    writeTimeoutMs: e.UPSTREAM_WRITE_TIMEOUT_MS,
    allowInsecureLoopback: e.ALLOW_INSECURE_LOOPBACK_UPSTREAMS,
  });
}

const noteOn =
  (call: string) =>
  (field: string, what: DriftKind, value: unknown): void =>
    reportDrift("talkbot", call, field, what, value);
