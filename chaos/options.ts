import { parseArgs } from "node:util";

/** What one run does. Everything random in it comes from `seed`. */
export type Options = {
  seed: number;
  kills: number;
  transfers: number;
  destroys: number;
  /** Batches of keys, and how many keys each of them generates. */
  batches: number;
  batchSize: number;
  /** PotatoCloud's list shows a key only so long after it was made, ms: drawn up to this value, 0 shows it at once. */
  listLag: number;
  /** PotatoCloud's list gives at most so many rows a page: drawn up to this value, 0 gives what was asked for. */
  pageCap: number;
  /** How often the database is frozen for some seconds. */
  freezes: number;
  /** How often the consoles' wall clock steps forward by minutes. */
  clockSteps: number;
  /** How often the disk of the database is filled for some seconds. */
  diskFills: number;
  /** Consoles sharing one database. */
  processes: number;
  /** The run is aborted after this many minutes. */
  minutes: number;
  /** Rounds of each way to submit twice, before anything is killed. */
  rounds: number;
  /** Keep data and logs also after a run that passed. */
  keep: boolean;
};

/** A late effect must be listed within the consoles' quiet period: after that no listing could find it. */
const MAX_LIST_LAG_MS = 3_000;

type Size = Omit<Options, "seed" | "keep">;

const presets: Record<string, Size> = {
  ci: {
    kills: 12,
    transfers: 60,
    destroys: 20,
    batches: 1,
    batchSize: 100,
    listLag: 800,
    pageCap: 40,
    freezes: 1,
    clockSteps: 1,
    diskFills: 1,
    processes: 2,
    minutes: 20,
    rounds: 20,
  },
  transfers: {
    kills: 200,
    transfers: 1000,
    destroys: 0,
    batches: 0,
    batchSize: 0,
    listLag: 0,
    pageCap: 0,
    freezes: 10,
    clockSteps: 6,
    diskFills: 4,
    processes: 2,
    minutes: 60,
    rounds: 0,
  },
  destroys: {
    kills: 100,
    transfers: 0,
    destroys: 300,
    batches: 0,
    batchSize: 0,
    listLag: 0,
    pageCap: 0,
    freezes: 5,
    clockSteps: 3,
    diskFills: 2,
    processes: 2,
    minutes: 40,
    rounds: 0,
  },
  keys: {
    kills: 200,
    transfers: 0,
    destroys: 0,
    batches: 24,
    batchSize: 500,
    listLag: 3000,
    pageCap: 100,
    freezes: 10,
    clockSteps: 6,
    diskFills: 4,
    processes: 2,
    minutes: 60,
    rounds: 0,
  },
  refusals: {
    kills: 30,
    transfers: 200,
    destroys: 80,
    batches: 6,
    batchSize: 200,
    listLag: 2000,
    pageCap: 100,
    freezes: 3,
    clockSteps: 2,
    diskFills: 1,
    processes: 2,
    minutes: 30,
    rounds: 0,
  },
  "duplicate-submit": {
    kills: 0,
    transfers: 0,
    destroys: 0,
    batches: 0,
    batchSize: 0,
    listLag: 0,
    pageCap: 0,
    freezes: 0,
    clockSteps: 0,
    diskFills: 0,
    processes: 2,
    minutes: 15,
    rounds: 100,
  },
};

const usage = `npm run chaos -- [--preset ${Object.keys(presets).join("|")}] [--seed N] [--kills K] [--transfers T] [--destroys D]
  [--batches B --batch-size N] [--list-lag MS] [--page-cap ROWS] [--freezes F] [--clock-steps C] [--disk-fills F] [--processes 1|2] [--minutes M] [--rounds R] [--keep]`;

/** Read the command line. `--small` is the run of the test suite. Throws with the usage on any invalid value. */
export function readOptions(argv: string[]): Options {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: argv,
    options: {
      preset: text,
      seed: text,
      kills: text,
      transfers: text,
      destroys: text,
      batches: text,
      "batch-size": text,
      "list-lag": text,
      "page-cap": text,
      freezes: text,
      "clock-steps": text,
      "disk-fills": text,
      processes: text,
      minutes: text,
      rounds: text,
      small: { type: "boolean" },
      keep: { type: "boolean" },
    },
  });
  const preset = presets[values.preset ?? "ci"];
  if (!preset) throw new Error(`No such preset.\n${usage}`);
  const integer = (name: string, given: string | undefined, otherwise: number): number => {
    const value = Number(given ?? otherwise);
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} must be a whole number.\n${usage}`);
    return value;
  };
  const processes = integer("processes", values.processes, preset.processes);
  if (processes !== 1 && processes !== 2) throw new Error(`--processes must be 1 or 2.\n${usage}`);
  const listLag = integer("list-lag", values["list-lag"], preset.listLag);
  if (listLag > MAX_LIST_LAG_MS) throw new Error(`--list-lag must be at most ${MAX_LIST_LAG_MS}.\n${usage}`);
  return {
    seed: integer("seed", values.seed, values.small ? 1 : Math.floor(Date.now() / 1000) % 1_000_000),
    kills: integer("kills", values.kills, preset.kills),
    transfers: integer("transfers", values.transfers, preset.transfers),
    destroys: integer("destroys", values.destroys, preset.destroys),
    batches: integer("batches", values.batches, preset.batches),
    batchSize: integer("batch-size", values["batch-size"], preset.batchSize || 500),
    listLag,
    pageCap: integer("page-cap", values["page-cap"], preset.pageCap),
    freezes: integer("freezes", values.freezes, preset.freezes),
    clockSteps: integer("clock-steps", values["clock-steps"], preset.clockSteps),
    diskFills: integer("disk-fills", values["disk-fills"], preset.diskFills),
    processes,
    minutes: integer("minutes", values.minutes, preset.minutes),
    rounds: integer("rounds", values.rounds, preset.rounds),
    keep: values.keep ?? false,
  };
}
