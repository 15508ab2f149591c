import type { CallKind, WriteKind } from "@/sandbox/core/endpoints";
import type { FaultRuleInput } from "@/sandbox/faults/fault-rule";
import type { CardRow } from "@/sandbox/store/card-row";
import type { JournalRow } from "@/sandbox/store/journal";
import type { KeyRow } from "@/sandbox/store/key-row";
import type { LaunchInfo } from "./cardesk";

/** When an effect comes that waits for `release`. */
export const ON_RELEASE = { lateMs: 3_600_000 };

export type Sandbox = ReturnType<typeof sandboxOf>;

/** The stand-in upstreams, seen from behind: what they hold, what was asked of them, and how they misbehave. */
export function sandboxOf({ sandboxUrl, sandboxToken }: LaunchInfo) {
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${sandboxUrl}/_sandbox${path}`, {
      method,
      headers: { "x-sandbox-token": sandboxToken, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const journal = () => ask<JournalRow[]>("GET", "/journal");
  return {
    journal,
    keys: () => ask<KeyRow[]>("GET", "/keys"),
    cards: () => ask<CardRow[]>("GET", "/cards"),
    card: async (id: string) => (await ask<CardRow[]>("GET", "/cards")).find((card) => card.id === id),
    putCards: (cards: Partial<CardRow>[]) => ask("POST", "/cards", cards),
    /** Calls the console made of one kind whose parameters name this text: a code, an id. */
    calls: async (kind: WriteKind, text: string) =>
      (await journal()).filter(
        (row) => row.actor === "caller" && row.kind === kind && JSON.stringify(row.params).includes(text),
      ),
    fault: (rule: FaultRuleInput) => ask("POST", "/faults", rule),
    /** The rules, with how many calls each has applied to. */
    faults: () => ask<{ fired: number }[]>("GET", "/faults"),
    clearFaults: () => ask("DELETE", "/faults"),
    /** Calls of a kind wait before they take effect, after the first `passes`, until `release`. */
    hold: (kind: CallKind, passes = 0) => ask("POST", "/hold", { kind, passes }),
    /** Held calls of a kind go on; without a kind, all that waits: held calls, calls that hang, effects that come late. */
    release: (kind?: CallKind) => ask("POST", "/release", { kind }),
    consume: (card: string, amount: number) => ask("POST", "/consume", { card, amount }),
    topUp: (card: string, amount: number) => ask("POST", "/top-up", { card, amount }),
  };
}
