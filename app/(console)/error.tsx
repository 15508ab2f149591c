"use client";

import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/feedback/error-state";
import { usePageRecovery } from "@/components/feedback/use-page-recovery";
import { Spinner } from "@/components/ui/spinner";

/** A page failed; the frame around it still works. `digest` finds the matching line in the server's log. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations("ui");
  const fault = usePageRecovery(error, retry);
  if (fault === null)
    return (
      <p role="status" className="flex justify-center gap-2 px-4 py-12 text-soft">
        <Spinner /> {t("loading")}
      </p>
    );
  if (fault === "no-connection")
    return <ErrorState error={{ code: "unavailable", key: "no_connection" }} onRetry={retry} />;
  if (fault === "outdated")
    return (
      <ErrorState
        error={{ code: "conflict", key: "code_outdated" }}
        retryLabel={t("refresh")}
        onRetry={() => window.location.reload()}
      />
    );
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return <ErrorState error={{ code: "internal", key: "internal", requestId: digest }} onRetry={retry} />;
}
