"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import type { ErrorCode, PublicError } from "@/lib/core/errors";
import { ErrorDetails } from "./error-details";
import { useErrorText } from "./use-error-text";

/** Nothing is wrong with what was asked: it can be asked again later, or after a proof. */
const WARNINGS: readonly ErrorCode[] = ["paused", "busy", "proof_required"];

/** An error inside a form, a dialog or a panel. */
export function ErrorNotice({ error, onRetry }: { error: PublicError; onRetry?: () => void }) {
  const t = useTranslations("ui");
  const { sentence } = useErrorText();
  return (
    <Callout
      tone={WARNINGS.includes(error.code) ? "warning" : "danger"}
      role="alert"
      title={sentence(error)}
      actions={
        onRetry && (
          <Button size="sm" icon="refresh" onClick={onRetry}>
            {t("retry")}
          </Button>
        )
      }
    >
      <ErrorDetails error={error} />
    </Callout>
  );
}
