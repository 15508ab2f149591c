import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { BadRequest } from "../core/bad-request.ts";
import { type CallKind, ENDPOINTS } from "../core/endpoints.ts";
import { fields } from "../core/fields.ts";
import { changeOptions } from "../core/options.ts";
import { FAULT_CATALOGUE } from "../faults/fault-catalogue.ts";
import { parseJson } from "../http/parse-json.ts";
import { readBody } from "../http/read-body.ts";
import { sendJson } from "../http/respond.ts";
import type { CardRow } from "../store/card-row.ts";
import { putCard, type Store } from "../store/store.ts";
import { parseCards } from "./parse-cards.ts";
import type { SandboxAdmin } from "./sandbox-admin.ts";

/** The admin API under `/_sandbox/`, for people, tests and the fault lab. Without a token it is open to all. */
export async function handleAdminRequest(
  admin: SandboxAdmin,
  token: string | undefined,
  { url, req, res }: { url: URL; req: IncomingMessage; res: ServerResponse },
): Promise<void> {
  if (token && !isSameText(String(req.headers["x-sandbox-token"] ?? ""), token)) {
    return sendJson(res, 401, { error: "x-sandbox-token is missing or wrong" });
  }
  const text = await readBody(req);
  if (text === null) return;
  try {
    const action = ACTIONS[`${req.method} ${url.pathname.slice("/_sandbox".length)}`];
    if (!action) return sendJson(res, 404, { error: "no such endpoint", controls: Object.keys(ACTIONS) });
    const body = text === "" ? {} : parseJson(text);
    if (body === undefined) throw new BadRequest("the body is not JSON");
    sendJson(res, 200, await action(admin, body, url.searchParams));
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    sendJson(res, 400, { error: error.message });
  }
}

type Action = (admin: SandboxAdmin, body: unknown, query: URLSearchParams) => unknown;

const ACTIONS: Record<string, Action> = {
  "GET /state": (admin) => admin.summary(),
  "GET /journal": ({ context }, _, query) => {
    const since = Number(query.get("since") ?? 0);
    return context.state.store.journal.filter((row) => row.seq > since);
  },
  "GET /cards": ({ context }) => [...context.state.store.cards.values()],
  "POST /cards": ({ context }, body) => {
    const cards = parseCards(body);
    for (const card of cards) putCard(context.state.store, card);
    context.changed();
    return { put: cards.length };
  },
  "GET /keys": ({ context }) => context.state.store.keys,
  "GET /catalogue": () => FAULT_CATALOGUE,
  "GET /faults": ({ context }) => context.faults.list(),
  "POST /faults": async (admin, body) => {
    const { rules = [body], replace } = fields(body);
    if (!Array.isArray(rules)) throw new BadRequest("rules must be a list of fault rules");
    await admin.addFaults(rules, { replace: replace === true });
    return admin.context.faults.list();
  },
  "DELETE /faults": async (admin, _, query) => {
    await admin.clearFaults(query.get("id") ?? undefined);
    return admin.context.faults.list();
  },
  "POST /hold": ({ context }, body) => {
    const { kind, passes } = fields(body);
    context.held.hold(kindNamed(kind), typeof passes === "number" && passes >= 0 ? passes : 0);
    return {};
  },
  "POST /release": (admin, body) => {
    const { kind } = fields(body);
    if (kind === undefined) admin.release();
    else admin.context.held.release(kindNamed(kind));
    return {};
  },
  "POST /options": ({ context }, body) => {
    changeOptions(context.state.options, body);
    return context.state.options;
  },
  "POST /consume": ({ context, activity }, body) => {
    const { perSecond, seed, cards } = fields(body);
    if (perSecond === undefined) return activity.consume(cardIn(context.state.store, body, "card"), amountIn(body));
    if (typeof perSecond !== "number") throw new BadRequest("perSecond must be a number; 0 stops");
    const only = Array.isArray(cards) ? cards.map(String) : undefined;
    activity.run({ perSecond, seed: typeof seed === "number" ? seed : 1, ...(only ? { cards: only } : {}) });
    return { running: activity.running };
  },
  "POST /transfer": ({ context: { state }, activity }, body) =>
    activity.transfer(cardIn(state.store, body, "from"), cardIn(state.store, body, "to"), amountIn(body)),
  "POST /top-up": ({ context, activity }, body) =>
    activity.topUp(cardIn(context.state.store, body, "card"), amountIn(body)),
  "POST /reset": async (admin, body) => {
    const { seed, cards, keys } = fields(body);
    const count = (value: unknown) => (typeof value === "number" && value >= 0 ? value : undefined);
    await admin.reset({ seed: count(seed), cards: count(cards), keys: count(keys) });
    return admin.summary();
  },
};

/** The card that a request names, by id or code. Throws {@link BadRequest}. */
function cardIn({ cards, codes }: Store, body: unknown, name: string): CardRow {
  const wanted = String(fields(body)[name] ?? "");
  const card = cards.get(wanted) ?? cards.get(codes.get(wanted) ?? "");
  if (!card) throw new BadRequest(`${name} must be the id or code of a card`);
  return card;
}

/** The kind of call of that name. Throws {@link BadRequest}. */
function kindNamed(name: unknown): CallKind {
  const endpoint = ENDPOINTS.find(({ kind }) => kind === name);
  if (!endpoint) throw new BadRequest(`kind must be one of ${ENDPOINTS.map(({ kind }) => kind).join(", ")}`);
  return endpoint.kind;
}

function amountIn(body: unknown): number {
  const { amount } = fields(body);
  if (typeof amount !== "number" || !Number.isInteger(amount) || amount < 1)
    throw new BadRequest("amount must be a whole number of at least 1");
  return amount;
}

function isSameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
