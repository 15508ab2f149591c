"use client";

import { StaleNote } from "@/components/feedback/stale-note";
import { useErrorText } from "@/components/feedback/use-error-text";
import type { TryError } from "@/lib/billing/types";

/** The age of the usage data, and why it is not newer. */
export function UsageAge({ readAt, error }: { readAt: string | null; error: TryError | null }) {
  const { sentence } = useErrorText();
  if (!readAt && !error) return null;
  const why = error && sentence({ code: "upstream", key: error.key, params: { upstream: "talkbot" } });
  return (
    <div className="mt-3">
      <StaleNote asOf={readAt} reason={why} />
    </div>
  );
}
