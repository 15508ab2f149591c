import { z } from "zod";
import { LAB_CALLS, LAB_EFFECTS, LAB_UPSTREAMS, SCENARIOS } from "./types";

export const addFaultSchema = z.strictObject({
  /** A name of the sandbox's catalogue. */
  fault: z.string().regex(/^[a-z0-9-]{1,40}$/, { error: "bad_choice" }),
  upstream: z.enum(LAB_UPSTREAMS, { error: "bad_choice" }).optional(),
  call: z.enum(LAB_CALLS, { error: "bad_choice" }).optional(),
  effect: z.enum(LAB_EFFECTS, { error: "bad_choice" }).optional(),
  /** Delay of a late effect after the call, ms. */
  lateMs: z.int().min(0).max(3_600_000).default(20_000),
  /** How many calls it applies to; unset: until it is removed. */
  count: z.int().min(1).max(10_000).optional(),
});
export const removeFaultsSchema = z.strictObject({
  /** One rule; unset: all. */
  id: z.string().min(1).max(64).optional(),
});
export const runScenarioSchema = z.strictObject({ scenario: z.enum(SCENARIOS, { error: "bad_choice" }) });
export const setLatencySchema = z.strictObject({
  upstream: z.enum(LAB_UPSTREAMS, { error: "bad_choice" }),
  /** Of a whole call, ms. */
  ms: z.int().min(0).max(30_000),
});
export const setConsumerSchema = z.strictObject({
  /** Calls that end users consume per second, over all cards; 0: none. */
  perSecond: z.int().min(0).max(50),
});

export type AddFault = z.output<typeof addFaultSchema>;

/** The sandbox's answers, as far as the page needs them. */
export const rulesAnswer = z.array(
  z.object({
    id: z.string(),
    fault: z.string(),
    match: z.object({ upstream: z.string().optional(), kind: z.string().optional(), count: z.number().optional() }),
    effect: z.union([z.enum(["never", "before"]), z.object({ lateMs: z.number() })]),
    with: z.object({ ms: z.number().optional() }),
    fired: z.number(),
  }),
);
export const catalogueAnswer = z.record(
  z.string(),
  z.object({ effects: z.array(z.enum(LAB_EFFECTS)), kinds: z.array(z.string()).optional() }),
);
const perUpstream = <T extends z.ZodType>(each: T) => z.object({ espai: each, potato: each, talkbot: each });
export const stateAnswer = z.object({
  pendingLate: z.number(),
  consumed: z.number(),
  journal: z.number(),
  consumer: z.object({ perSecond: z.number() }).nullable(),
  listening: perUpstream(z.boolean()),
  calls: perUpstream(z.object({ total: z.number(), inFlight: z.number() })),
  options: z.object({ latencyMs: perUpstream(z.number()) }),
});
export const journalAnswer = z.array(
  z.object({
    seq: z.number(),
    at: z.number(),
    actor: z.string(),
    kind: z.string(),
    fault: z.string().nullable(),
    dueAt: z.number().nullable(),
    effectAt: z.number().nullable(),
  }),
);
