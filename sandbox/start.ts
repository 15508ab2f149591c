import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { serveControl } from "./control.ts";
import { type Credentials, DEFAULT_CREDENTIALS } from "./credentials.ts";
import { Crowd } from "./crowd.ts";
import { Door } from "./door.ts";
import { FaultBook } from "./fault-book.ts";
import type { Lab } from "./lab.ts";
import { LateEffects } from "./late-effects.ts";
import { changeOptions, defaultOptions } from "./options.ts";
import { keepStore, loadStore } from "./persist.ts";
import { seededRandom } from "./random.ts";
import { sendHtml } from "./respond.ts";
import { serveCall } from "./serve-call.ts";
import { seedStore } from "./store.ts";
import { summarize } from "./summary.ts";
import { trapListener } from "./trap.ts";
import {
  type CallCounts,
  type FaultRule,
  type FaultRuleInput,
  type SandboxOptions,
  type StateSummary,
  type TrapHit,
  UPSTREAMS,
  type UpstreamName,
} from "./types.ts";
import type { World } from "./world.ts";

export type StartOptions = {
  /** Port of the shared address; 0 takes any. */
  port?: number;
  /** Ports of the upstreams' own addresses; each any if unset. */
  ports?: Partial<Record<UpstreamName, number>>;
  cards?: number;
  /** Keys that exist from the start. */
  keys?: number;
  seed?: number;
  credentials?: Partial<Credentials>;
  options?: Partial<Omit<SandboxOptions, "latencyMs">> & { latencyMs?: number | Partial<Record<UpstreamName, number>> };
  /** File the state lives in across restarts; in memory only if unset. */
  statePath?: string;
  /** Needed in `x-sandbox-token` for `/_sandbox/` if set. */
  token?: string;
};

export type Sandbox = Record<UpstreamName, string> & {
  /** Shared address: upstreams under `/espai`, `/potato`, `/talkbot`, controls under `/_sandbox/`. */
  url: string;
  /** Where `redirect-other` points. */
  trap: string;
  credentials: Credentials;
  world: World;
  crowd: Crowd;
  /** The live store; read it, or change it through the controls. */
  readonly state: World["lab"]["store"];
  summary(): StateSummary;
  addFaults(rules: readonly FaultRuleInput[], how?: { replace?: boolean }): Promise<FaultRule[]>;
  clearFaults(id?: string): Promise<void>;
  /** Seed anew, drop journal, faults, pending effects and counters; options stay. */
  reset(seed?: { seed?: number; cards?: number; keys?: number }): Promise<void>;
  close(): Promise<void>;
};

/** Start the three stand-in upstreams in this process. Resolves when all ports listen. */
export async function startSandbox(options: StartOptions = {}): Promise<Sandbox> {
  const { cards = 360, keys = 60, seed = 1, statePath } = options;
  const first = { seed, cards, keys };
  let sequence = 0;
  const lab: Lab = {
    store: (statePath ? loadStore(statePath) : null) ?? seedStore({ ...first, now: Date.now() }),
    options: defaultOptions(),
    credentials: { ...DEFAULT_CREDENTIALS, ...options.credentials },
    nonces: new Map(),
    nextSequence: () => ++sequence,
  };
  changeOptions(lab.options, options.options ?? {});
  const keeper = statePath ? keepStore(statePath, () => lab.store) : null;
  const changed = () => keeper?.changed();
  const hits: TrapHit[] = [];
  const world: World = {
    lab,
    faults: new FaultBook(),
    late: new LateEffects(lab, changed),
    counts: noCalls(),
    trap: { url: "", hits },
    random: seededRandom(seed),
    closed: false,
    changed,
  };
  const crowd = new Crowd(world);
  const timers = new Set<NodeJS.Timeout>();

  const trap = new Door(trapListener(hits));
  const doors: Record<UpstreamName, Door> = {
    espai: new Door(upstreamListener(world, "espai")),
    potato: new Door(upstreamListener(world, "potato")),
    talkbot: new Door(upstreamListener(world, "talkbot")),
  };
  const shared = new Door((req, res) => {
    const url = urlOf(req);
    const [, head = "", rest = ""] = /^\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
    if (head === "_sandbox") return guard(res, serveControl(sandbox, options.token, url, req, res));
    const upstream = UPSTREAMS.find((name) => name === head);
    if (!upstream) return sendHtml(res, 404, "404 Not Found");
    url.pathname = rest;
    return guard(res, serveCall(world, upstream, url, req, res));
  });

  const matchDoors = async () => {
    await Promise.all(UPSTREAMS.map((name) => (world.faults.refuses(name) ? doors[name].shut() : doors[name].open())));
  };
  const sandbox: Sandbox = {
    url: "",
    trap: "",
    espai: "",
    potato: "",
    talkbot: "",
    credentials: lab.credentials,
    world,
    crowd,
    get state() {
      return lab.store;
    },
    summary: () => summarize(world, crowd, doors),
    addFaults: async (inputs, { replace = false } = {}) => {
      const rules = world.faults.add(inputs, { replace });
      for (const { id, fault, with: settings } of rules) {
        if (fault !== "refuse" || settings.ms === undefined) continue;
        const timer = setTimeout(() => {
          timers.delete(timer);
          void sandbox.clearFaults(id);
        }, settings.ms);
        timers.add(timer);
      }
      await matchDoors();
      return rules;
    },
    clearFaults: async (id) => {
      world.faults.remove(id);
      await matchDoors();
    },
    reset: async (anew = {}) => {
      world.late.cancel();
      crowd.stop();
      lab.store = seedStore({
        seed: anew.seed ?? first.seed,
        cards: anew.cards ?? first.cards,
        keys: anew.keys ?? first.keys,
        now: Date.now(),
      });
      hits.length = 0;
      Object.assign(world.counts, noCalls());
      changed();
      await sandbox.clearFaults();
    },
    close: async () => {
      world.closed = true;
      for (const timer of timers) clearTimeout(timer);
      crowd.stop();
      world.late.cancel();
      await Promise.all([shared, trap, ...Object.values(doors)].map((door) => door.shut({ abrupt: true })));
      keeper?.flush();
    },
  };

  await trap.open(0);
  await Promise.all(UPSTREAMS.map((name) => doors[name].open(options.ports?.[name] ?? 0)));
  await shared.open(options.port ?? 0);
  world.trap.url = trap.url;
  for (const name of UPSTREAMS) sandbox[name] = doors[name].url;
  Object.assign(sandbox, { url: shared.url, trap: trap.url });
  world.late.resume();
  changed();
  return sandbox;
}

function upstreamListener(world: World, upstream: UpstreamName): RequestListener {
  return (req, res) => guard(res, serveCall(world, upstream, urlOf(req), req, res));
}

const urlOf = (req: IncomingMessage) => new URL(req.url ?? "/", "http://sandbox.invalid");

/** A mistake in the sandbox itself: say so where it can be seen, and answer as a broken server would. */
function guard(res: ServerResponse, served: Promise<void>): void {
  served.catch((error: unknown) => {
    console.error("sandbox:", error);
    if (!res.headersSent) sendHtml(res, 500, "500 Internal Server Error");
    else res.destroy();
  });
}

function noCalls(): Record<UpstreamName, CallCounts> {
  const none = (): CallCounts => ({ total: 0, inFlight: 0, maxInFlight: 0, redirectsFollowed: 0 });
  return { espai: none(), potato: none(), talkbot: none() };
}
