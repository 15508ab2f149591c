"use client";

import { ErrorState } from "@/components/feedback/error-state";

/** A page failed; the frame around it still works. `digest` finds the matching line in the server's log. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return <ErrorState error={{ code: "internal", key: "internal", requestId: digest }} onRetry={retry} />;
}
