import type { DailyLimit } from "@/lib/settings/schemas";

/** What a daily limit counts: calls, cards or keys. */
export type Measure = keyof DailyLimit;
