import "server-only";
import { env } from "@/lib/core/env";
import { fault, type Verdict } from "../call-result";
import { reportDrift } from "../drift";
import { type CallSpec, callRead, callWrite, type Link } from "../http/call-upstream";
import { countOf } from "../http/coerce";
import { readRows, type UnreadableRow } from "../http/parse-rows";
import type { WriteOutcome } from "../types";
import { UpstreamError } from "../upstream-error";
import { judgeEspai, judgeEspaiWrite } from "./parse-response";
import { reshapeCard } from "./reshape";
import type { Card } from "./types";
import type { ListCardsInput, TransferInput } from "./wire-schema";

export type EspaiConfig = Omit<Link, "upstream" | "secrets"> & { apiKey: string };

export type CardList = {
  cards: Card[];
  unreadable: UnreadableRow[];
  /** As the upstream says it: rows in this answer by one document, in all by another. Null when missing. */
  totalNumber: number | null;
  /** Rows in this answer, unreadable ones included. */
  rows: number;
};

export type Espai = ReturnType<typeof createEspai>;

const ALL_ROWS = 9999;

/**
 * ESP-AI's quota cards (额度卡管理接口). Reads throw {@link UpstreamError}; writes never throw for what the upstream or the
 * network does, are called once, and return a {@link WriteOutcome}.
 */
export function createEspai(config: EspaiConfig) {
  const link: Link = { ...config, upstream: "espai", secrets: [config.apiKey] };
  const post = (path: string, body: unknown): CallSpec => ({
    method: "POST",
    path,
    headers: () => ({ authorization: config.apiKey }),
    body: JSON.stringify(body),
  });

  /** One page of the account's cards. Filters may match exactly, partly or not at all: check what comes back. */
  async function listCards(input: ListCardsInput = {}): Promise<CardList> {
    const { data } = await callRead(link, post("/cdkey/list", listBody(input)), judgeList);
    const note = noteOn("/cdkey/list");
    const totalNumber = countOf(data.totalNumber);
    if (totalNumber === null)
      note("totalNumber", data.totalNumber === undefined ? "missing" : "type", data.totalNumber);
    const { items, unreadable } = await readRows(data.rows, (row) => reshapeCard(row, note));
    return { cards: items, unreadable, totalNumber, rows: data.rows.length };
  }

  /** The card with this phone and code; refused with reason "card_not_found" when the upstream says there is none. */
  async function getCard({ phone, code }: { phone: string; code: string }): Promise<Card> {
    const { data, trace } = await callRead(link, post("/cdkey/detail", { phone, code }), judgeEspai);
    const row = reshapeCard(data.data, noteOn("/cdkey/detail"));
    if (row.ok && row.value.code === code && (row.value.phone ?? phone) === phone) return row.value;
    throw new UpstreamError("espai", "wrong_shape", row.ok ? "not the card asked for" : `no ${row.field}`, trace);
  }

  /** The card with this id, or null when a complete, readable answer does not have it. A doubtful answer throws. */
  async function readCardById(id: string): Promise<Card | null> {
    const list = await listCards({ id, page: 1, limit: ALL_ROWS });
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
    return callWrite(link, post("/cdkey/transfer", body), judgeEspaiWrite);
  }

  /** Destroy one paid card with balance 0. One id a call: what a mixed array does is not documented. */
  async function destroyCard(id: string): Promise<WriteOutcome<null>> {
    return callWrite(link, post("/cdkey/destroy", [{ id }]), judgeEspaiWrite);
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

const noteOn =
  (call: string) =>
  (field: string, what: "missing" | "type" | "unknown_value", value: unknown): void =>
    reportDrift("espai", call, field, what, value);

/** The parameter table names the nickname filter `username`, the example sends `user_name`: both go out. */
function listBody(input: ListCardsInput): Record<string, string> {
  const wanted = {
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
    Object.entries(wanted).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}

function judgeList(answer: { status: number; text: string }): Verdict<{ rows: unknown[]; totalNumber: unknown }> {
  const verdict = judgeEspai(answer);
  if (verdict.kind !== "done") return verdict;
  const { data, totalNumber } = verdict.data;
  return Array.isArray(data)
    ? { kind: "done", data: { rows: data, totalNumber } }
    : fault("wrong_shape", "the list has no rows");
}
