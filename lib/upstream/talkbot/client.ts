import "server-only";
import { env } from "@/lib/core/env";
import { driftReporter } from "../drift";
import { callRead, type RequestSpec, type UpstreamConfig } from "../http/call-upstream";
import { toCount } from "../http/coerce";
import { parseRows } from "../http/parse-rows";
import { UpstreamError } from "../upstream-error";
import { parseTalkbotResponse } from "./parse-response";
import { reshapeBilling, reshapeUsageRow } from "./reshape";
import type { ReadUsageInput, TalkbotBilling, UsageList } from "./types";

type TalkbotConfig = Omit<UpstreamConfig, "upstream" | "secrets"> & { apiKey: string };

export type Talkbot = ReturnType<typeof createTalkbot>;

/** Talk-Bot's billing (余额查询). Reads only; they throw {@link UpstreamError}. */
export function createTalkbot({ apiKey, ...settings }: TalkbotConfig) {
  const config: UpstreamConfig = { ...settings, upstream: "talkbot", secrets: [apiKey] };
  const get = (path: string): RequestSpec => ({
    method: "GET",
    path,
    headers: () => ({ authorization: `Bearer ${apiKey}` }),
  });

  /** Points and amount, in all and remaining, as bigint micro-units. */
  async function readBilling(): Promise<TalkbotBilling> {
    const { data, trace } = await callRead(config, get("/v1/billing"), parseTalkbotResponse);
    const billing = reshapeBilling(data.data, driftReporter("talkbot", "/v1/billing"));
    if (!billing) throw new UpstreamError("talkbot", "wrong_shape", "the bill has a number that can't be read", trace);
    return billing;
  }

  /** Usage since a day, a page at a time. */
  async function readUsage({ page, size, startDate }: ReadUsageInput): Promise<UsageList> {
    const query = new URLSearchParams({ pageNum: String(page), pageSize: String(size), startDate });
    const { data, trace } = await callRead(config, get(`/v1/billing/usage?${query}`), parseTalkbotResponse);
    if (!Array.isArray(data.data)) throw new UpstreamError("talkbot", "wrong_shape", "the list has no rows", trace);
    const report = driftReporter("talkbot", "/v1/billing/usage");
    const { items, unreadable } = await parseRows(data.data, (row) => reshapeUsageRow(row, report));
    return { rows: items, unreadable, total: toCount(data.total) };
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
