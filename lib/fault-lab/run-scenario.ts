import "server-only";
import type { Ctx } from "@/lib/context";
import type { FaultRuleInput } from "@/sandbox/faults/fault-rule";
import { changeFaultLab } from "./change-fault-lab";
import { setConsumer } from "./set-consumer";
import type { Scenario } from "./types";

const once = (kind: "transfer" | "destroy" | "generate") => ({ kind, count: 1 });

/** What each scenario does. Its texts are in messages/…/lab.json under "preset". */
const RULES: Record<Exclude<Scenario, "usersConsume">, FaultRuleInput> = {
  transferLost: { fault: "hang", match: once("transfer"), effect: "before" },
  transferLate: { fault: "reset", match: once("transfer"), effect: { lateMs: 20_000 } },
  transferNever: { fault: "reset", match: once("transfer"), effect: "never" },
  destroyLost: { fault: "html-502", match: once("destroy"), effect: "before" },
  chunkHalfLost: { fault: "keys-fewer", match: once("generate"), effect: "before", with: { by: 5, hide: true } },
  chunkLost: { fault: "cut-chunked", match: once("generate"), effect: "before" },
  espaiDown: { fault: "refuse", match: { upstream: "espai" }, with: { ms: 60_000 } },
};

/** Set up one of the prepared scenarios. */
export async function runScenario({ ctx, input }: { ctx: Ctx; input: { scenario: Scenario } }): Promise<void> {
  const { scenario } = input;
  if (scenario === "usersConsume") return setConsumer({ ctx, input: { perSecond: 5 } });
  // A fixed id: running a scenario twice sets it up once.
  const rule = { ...RULES[scenario], id: scenario };
  await changeFaultLab(ctx, {
    action: "preset_run",
    detail: { scenario },
    method: "POST",
    path: "/faults",
    body: rule,
  });
}
