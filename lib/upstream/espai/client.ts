import "server-only";
import { env } from "@/lib/core/env";
import { driftReporter } from "../drift";
import { callRead, callWrite, type ReadLine, type RequestSpec, type UpstreamConfig } from "../http/call-upstream";
import { toCount } from "../http/coerce";
import { parseRows } from "../http/parse-rows";
import type { WriteOutcome } from "../types";
import { UpstreamError } from "../upstream-error";
import { parseEspaiList, parseEspaiResponse, parseEspaiWrite } from "./parse-response";
import { reshapeCard } from "./reshape";
import type { Card, CardList, ListCardsInput, TransferInput } from "./types";

export type EspaiConfig = Omit<UpstreamConfig, "upstream" | "secrets"> & { apiKey: string };

type Espai = ReturnType<typeof createEspai>;

const ALL_ROWS = 9999;

/**
 * ESP-AI's quota cards (额度卡管理接口). Reads throw {@link UpstreamError}; writes never throw for what the upstream or the
 * network does, are called once, and return a {@link WriteOutcome}.
 */
export function createEspai({ apiKey, ...settings }: EspaiConfig) {
  const config: UpstreamConfig = { ...settings, upstream: "espai", secrets: [apiKey] };
  const post = (path: string, body: unknown): RequestSpec => ({
    method: "POST",
    path,
    headers: () => ({ authorization: apiKey }),
    body: JSON.stringify(body),
  });

  /** One page of the account's cards. Filters may match exactly, partly or not at all: check what comes back. */
  async function listCards(input: ListCardsInput = {}, line?: ReadLine): Promise<CardList> {
    const { data, calls } = await callRead(config, post("/cdkey/list", listBody(input)), parseEspaiList, line);
    const report = driftReporter("espai", "/cdkey/list");
    const totalNumber = toCount(data.totalNumber);
    if (totalNumber === null)
      report("totalNumber", data.totalNumber === undefined ? "missing" : "type", data.totalNumber);
    const { items, unreadable } = await parseRows(data.rows, (row) => reshapeCard(row, report));
    return { cards: items, unreadable, totalNumber, rows: data.rows.length, calls };
  }

  /** The card with this phone and code; refused with reason "card_not_found" when the upstream says there is none. */
  async function getCard({ phone, code }: { phone: string; code: string }, line?: ReadLine): Promise<Card> {
    const { data, trace } = await callRead(config, post("/cdkey/detail", { phone, code }), parseEspaiResponse, line);
    const row = reshapeCard(data.data, driftReporter("espai", "/cdkey/detail"));
    if (row.ok && row.value.code === code && (row.value.phone ?? phone) === phone) return row.value;
    throw new UpstreamError("espai", "wrong_shape", row.ok ? "not the card asked for" : `no ${row.field}`, trace);
  }

  /** The card with this id, or null when a complete, readable answer does not have it. A doubtful answer throws. */
  async function readCardById(id: string, line?: ReadLine): Promise<Card | null> {
    const list = await listCards({ id, page: 1, limit: ALL_ROWS }, line);
    const [card, ...others] = list.cards.filter((each) => each.id === id);
    if (card && others.every((other) => other.balance === card.balance && other.type === card.type)) return card;
    if (card) throw new UpstreamError("espai", "wrong_shape", "two different rows have this id");
    const whole = list.rows < ALL_ROWS && (list.totalNumber ?? 0) <= list.rows;
    if (whole && list.unreadable.length === 0) return null;
    throw new UpstreamError("espai", "wrong_shape", "the answer is not complete enough to say that the card is gone");
  }

  /** Move calls between two paid cards. Sent twice it moves twice. The answer carries no balances. */
  async function transfer(input: TransferInput): Promise<WriteOutcome<null>> {
    const { phone, code, targetPhone, targetCode, amount } = input;
    if (!Number.isSafeInteger(amount) || amount < 1) throw new RangeError("amount must be a whole number from 1");
    const body = { phone, code, target_phone: targetPhone, target_code: targetCode, limit: String(amount) };
    return callWrite(config, post("/cdkey/transfer", body), parseEspaiWrite);
  }

  /** Destroy one paid card with balance 0. One id a call: what a mixed array does is not documented. */
  async function destroyCard(id: string): Promise<WriteOutcome<null>> {
    return callWrite(config, post("/cdkey/destroy", [{ id }]), parseEspaiWrite);
  }

  return { listCards, getCard, readCardById, transfer, destroyCard };
}

let configured: Espai | undefined;

/** ESP-AI as this process is configured. Throws {@link UpstreamError} "not_configured" without a key. */
export function espai(): Espai {
  configured ??= fromEnv();
  return configured;
}

function fromEnv(): Espai {
  const e = env();
  if (!e.ESPAI_API_KEY) throw new UpstreamError("espai", "not_configured");
  return createEspai({
    baseUrl: e.ESPAI_BASE_URL,
    apiKey: e.ESPAI_API_KEY,
    readTimeoutMs: e.UPSTREAM_TIMEOUT_MS,
    writeTimeoutMs: e.UPSTREAM_WRITE_TIMEOUT_MS,
    allowInsecureLoopback: e.ALLOW_INSECURE_LOOPBACK_UPSTREAMS,
  });
}

/** The parameter table names the nickname filter `username`, the example sends `user_name`: both go out. */
function listBody(input: ListCardsInput): Record<string, string> {
  const body = {
    id: input.id,
    type: input.type,
    code: input.code,
    username: input.userName,
    user_name: input.userName,
    user_phone: input.phone,
    api_limit: input.balance,
    page: input.page,
    limit: input.limit,
  };
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}
