import { BackgroundActivity } from "./activity/background-activity.ts";
import { handleAdminRequest } from "./admin/admin-api.ts";
import { SandboxAdmin } from "./admin/sandbox-admin.ts";
import type { StateSummary } from "./admin/state-summary.ts";
import { type Credentials, DEFAULT_CREDENTIALS } from "./core/credentials.ts";
import { UPSTREAMS, type UpstreamName } from "./core/endpoints.ts";
import { changeOptions, defaultOptions, type SandboxOptions } from "./core/options.ts";
import type { FaultRule, FaultRuleInput } from "./faults/fault-rule.ts";
import { ClosableServer } from "./http/closable-server.ts";
import { sharedListener, upstreamListener } from "./requests/listeners.ts";
import { redirectTargetListener } from "./requests/redirect-target.ts";
import { createContext, type SandboxContext, type Sleep } from "./requests/sandbox-context.ts";
import { loadStore, storeWriter } from "./store/persist-store.ts";
import { type Seeding, seedStore } from "./store/seed-store.ts";
import type { Store } from "./store/store.ts";
import type { UpstreamState } from "./upstream/upstream-state.ts";

export type StartOptions = Partial<Seeding> & {
  /** Port of the shared address; 0 takes any. */
  port?: number;
  /** Ports of the upstreams' own addresses; any if unset. */
  ports?: Partial<Record<UpstreamName, number>>;
  credentials?: Partial<Credentials>;
  options?: Partial<Omit<SandboxOptions, "latencyMs">> & { latencyMs?: number | Partial<Record<UpstreamName, number>> };
  /** File that keeps the store across restarts; in memory only if unset. */
  statePath?: string;
  /** Required in `x-sandbox-token` for `/_sandbox/` if set. */
  token?: string;
  /** How the latency passes; real time if unset. */
  sleep?: Sleep;
};

export type Sandbox = Record<UpstreamName, string> & {
  /** Shared address: upstreams under `/espai`, `/potato`, `/talkbot`, the admin API under `/_sandbox/`. */
  url: string;
  /** Where `redirect-other` points. */
  redirectTarget: string;
  credentials: Credentials;
  context: SandboxContext;
  activity: BackgroundActivity;
  /** The live store; read it, or change it through the admin API. */
  readonly store: Store;
  summary(): StateSummary;
  addFaults(rules: readonly FaultRuleInput[], how?: { replace?: boolean }): Promise<FaultRule[]>;
  clearFaults(id?: string): Promise<void>;
  /** Seed again, and drop journal, faults, pending effects and counters; options stay. */
  reset(seeding?: Partial<Seeding>): Promise<void>;
  close(): Promise<void>;
};

/** Start the three upstreams in this process. Resolves when all ports listen. */
export async function startSandbox(options: StartOptions = {}): Promise<Sandbox> {
  const seeding = { seed: options.seed ?? 1, cards: options.cards ?? 360, keys: options.keys ?? 60 };
  const state = createState(options, seeding);
  const writer = options.statePath ? storeWriter(options.statePath, () => state.store) : null;
  const changed = () => writer?.changed();
  const context = createContext({ state, seed: seeding.seed, sleep: options.sleep, changed });
  const activity = new BackgroundActivity(state, changed);
  const upstreams = createUpstreamServers(context);
  const redirectTarget = new ClosableServer(redirectTargetListener(context.redirectTarget.hits));
  const admin = new SandboxAdmin({ context, activity, servers: upstreams, seeding });
  const shared = new ClosableServer(
    sharedListener(context, (url, req, res) => handleAdminRequest(admin, options.token, { url, req, res })),
  );

  await redirectTarget.open(0);
  await Promise.all(UPSTREAMS.map((name) => upstreams[name].open(options.ports?.[name] ?? 0)));
  await shared.open(options.port ?? 0);
  context.redirectTarget.url = redirectTarget.url;
  context.delayed.resume();
  changed();

  return {
    url: shared.url,
    redirectTarget: redirectTarget.url,
    espai: upstreams.espai.url,
    potato: upstreams.potato.url,
    talkbot: upstreams.talkbot.url,
    credentials: state.credentials,
    context,
    activity,
    get store() {
      return state.store;
    },
    summary: () => admin.summary(),
    addFaults: (rules, how) => admin.addFaults(rules, how),
    clearFaults: (id) => admin.clearFaults(id),
    reset: (changes) => admin.reset(changes),
    close: async () => {
      context.closed = true;
      admin.stop();
      const servers = [shared, redirectTarget, ...Object.values(upstreams)];
      await Promise.all(servers.map((server) => server.close({ abrupt: true })));
      writer?.flush();
    },
  };
}

/** The saved store if there is one, else a seeded one, with the options and credentials of this start. */
function createState({ statePath, options = {}, credentials }: StartOptions, seeding: Seeding): UpstreamState {
  let sequence = 0;
  const state: UpstreamState = {
    store: (statePath ? loadStore(statePath) : null) ?? seedStore(seeding, Date.now()),
    options: defaultOptions(),
    credentials: { ...DEFAULT_CREDENTIALS, ...credentials },
    nonces: new Map(),
    nextSequence: () => ++sequence,
  };
  changeOptions(state.options, options);
  return state;
}

function createUpstreamServers(context: SandboxContext): Record<UpstreamName, ClosableServer> {
  return {
    espai: new ClosableServer(upstreamListener(context, "espai")),
    potato: new ClosableServer(upstreamListener(context, "potato")),
    talkbot: new ClosableServer(upstreamListener(context, "talkbot")),
  };
}
