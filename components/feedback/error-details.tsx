import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/clipboard/copy-button";
import type { PublicError } from "@/lib/core/errors";

/** What support would ask for: the upstream's message as text, and the request id. */
export function ErrorDetails({ error }: { error: Pick<PublicError, "details" | "requestId"> }) {
  const t = useTranslations("ui");
  if (!error.details && !error.requestId) return null;
  return (
    <div className="mt-1 text-sm">
      {error.details && (
        <details>
          <summary className="text-soft">{t("details")}</summary>
          <pre className="mt-1 max-h-40 overflow-auto whitespace-pre-wrap rounded-sm bg-canvas p-2 font-mono text-xs [overflow-wrap:anywhere]">
            {error.details}
          </pre>
        </details>
      )}
      {error.requestId && (
        <div className="flex items-center gap-1 text-faint">
          {t("requestId")} <code className="font-mono">{error.requestId}</code>
          <CopyButton text={error.requestId} label={t("copyRequestId")} />
        </div>
      )}
    </div>
  );
}
