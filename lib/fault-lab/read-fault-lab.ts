import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { askSandbox } from "./sandbox-admin";
import { catalogueAnswer, journalAnswer, rulesAnswer, stateAnswer } from "./schemas";
import { LAB_UPSTREAMS, type LabRule, type LabView, type LabWrite } from "./types";

const SHOWN_WRITES = 12;
/** Most rows are calls that end users consumed; this many rows surely include enough of our writes. */
const WINDOW = 2_000;

/** The sandbox's active faults, and the true results of the last writes it received. */
export async function readFaultLab(_: { ctx: Ctx }): Promise<LabView> {
  const [state, faults, rules] = await Promise.all([
    askSandbox({ method: "GET", path: "/state", answer: stateAnswer }),
    askSandbox({ method: "GET", path: "/catalogue", answer: catalogueAnswer }),
    askSandbox({ method: "GET", path: "/faults", answer: rulesAnswer }),
  ]);
  const since = Math.max(0, state.journal - WINDOW);
  const journal = await askSandbox({ method: "GET", path: `/journal?since=${since}`, answer: journalAnswer });
  return {
    rules: rules.map(ruleView),
    faults: Object.entries(faults).map(([name, { effects, kinds }]) => ({ name, effects, calls: kinds ?? null })),
    upstreams: LAB_UPSTREAMS.map((upstream) => ({
      upstream,
      latencyMs: state.options.latencyMs[upstream],
      listening: state.listening[upstream],
      calls: state.calls[upstream].total,
      inFlight: state.calls[upstream].inFlight,
    })),
    consumer: state.consumer?.perSecond ?? 0,
    consumed: state.consumed,
    writes: journal
      .filter((row) => row.actor === "caller")
      .slice(-SHOWN_WRITES)
      .reverse()
      .map(writeView),
  };
}

function ruleView({ id, fault, match, effect, with: settings, fired }: z.output<typeof rulesAnswer>[number]): LabRule {
  return {
    id,
    fault,
    upstream: match.upstream ?? null,
    call: match.kind ?? null,
    effect: typeof effect === "string" ? effect : "late",
    lateMs: typeof effect === "string" ? null : effect.lateMs,
    lastsMs: fault === "refuse" ? (settings.ms ?? null) : null,
    fired,
    count: match.count ?? null,
  };
}

const writeView = ({ seq, at, kind, fault, dueAt, effectAt }: z.output<typeof journalAnswer>[number]): LabWrite => ({
  seq,
  at: new Date(at).toISOString(),
  kind,
  fault,
  happened: effectAt !== null ? "yes" : dueAt !== null ? "later" : "no",
});
