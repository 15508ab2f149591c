import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { parseCards } from "./control-cards.ts";
import { cardIn } from "./crowd.ts";
import { FAULT_CATALOGUE } from "./fault-catalogue.ts";
import { BadRequest } from "./fault-rule.ts";
import { fields } from "./lab.ts";
import { changeOptions } from "./options.ts";
import { parseJson, readBody, sendJson } from "./respond.ts";
import type { Sandbox } from "./start.ts";
import { putCard } from "./store.ts";

/** The knobs under `/_sandbox/`, for people, tests and the fault page. */
export async function serveControl(
  sandbox: Sandbox,
  token: string | undefined,
  url: URL,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  if (token && !sameText(String(req.headers["x-sandbox-token"] ?? ""), token)) {
    return sendJson(res, 401, { error: "x-sandbox-token is missing or wrong" });
  }
  const text = await readBody(req);
  if (text === null) return;
  try {
    const action = ACTIONS[`${req.method} ${url.pathname.slice("/_sandbox".length)}`];
    if (!action) return sendJson(res, 404, { error: "no such control", controls: Object.keys(ACTIONS) });
    const body = text === "" ? {} : parseJson(text);
    if (body === undefined) throw new BadRequest("the body is not JSON");
    sendJson(res, 200, await action(sandbox, body, url.searchParams));
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    sendJson(res, 400, { error: error.message });
  }
}

type Action = (sandbox: Sandbox, body: unknown, query: URLSearchParams) => unknown;

const ACTIONS: Record<string, Action> = {
  "GET /state": (sandbox) => sandbox.summary(),
  "GET /journal": ({ world }, _, query) => {
    const since = Number(query.get("since") ?? 0);
    return world.lab.store.journal.filter((row) => row.seq > since);
  },
  "GET /cards": ({ world }) => [...world.lab.store.cards.values()],
  "POST /cards": ({ world }, body) => {
    const cards = parseCards(body);
    for (const card of cards) putCard(world.lab.store, card);
    world.changed();
    return { put: cards.length };
  },
  "GET /keys": ({ world }) => world.lab.store.keys,
  "GET /catalogue": () => FAULT_CATALOGUE,
  "GET /faults": ({ world }) => world.faults.list(),
  "POST /faults": async (sandbox, body) => {
    const { rules = [body], replace } = fields(body);
    if (!Array.isArray(rules)) throw new BadRequest("rules must be a list of fault rules");
    await sandbox.addFaults(rules, { replace: replace === true });
    return sandbox.world.faults.list();
  },
  "DELETE /faults": async (sandbox, _, query) => {
    await sandbox.clearFaults(query.get("id") ?? undefined);
    return sandbox.world.faults.list();
  },
  "POST /options": ({ world }, body) => {
    changeOptions(world.lab.options, body);
    return world.lab.options;
  },
  "POST /consume": (sandbox, body) => {
    const { perSecond, seed, cards } = fields(body);
    if (perSecond === undefined) return sandbox.crowd.consume(cardIn(sandbox.world, body, "card"), amountIn(body));
    if (typeof perSecond !== "number") throw new BadRequest("perSecond must be a number; 0 stops");
    const only = Array.isArray(cards) ? cards.map(String) : undefined;
    sandbox.crowd.run({ perSecond, seed: typeof seed === "number" ? seed : 1, ...(only ? { cards: only } : {}) });
    return { running: sandbox.crowd.running };
  },
  "POST /transfer": ({ world, crowd }, body) =>
    crowd.transfer(cardIn(world, body, "from"), cardIn(world, body, "to"), amountIn(body)),
  "POST /top-up": ({ world, crowd }, body) => crowd.topUp(cardIn(world, body, "card"), amountIn(body)),
  "POST /reset": async (sandbox, body) => {
    const { seed, cards, keys } = fields(body);
    const count = (value: unknown) => (typeof value === "number" && value >= 0 ? { value } : {});
    await sandbox.reset({ seed: count(seed).value, cards: count(cards).value, keys: count(keys).value });
    return sandbox.summary();
  },
};

function amountIn(body: unknown): number {
  const { amount } = fields(body);
  if (typeof amount !== "number" || !Number.isInteger(amount) || amount < 1)
    throw new BadRequest("amount must be a whole number of at least 1");
  return amount;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
