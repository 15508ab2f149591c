import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button/button";
import { Icon } from "@/components/ui/icon";
import type { PublicError } from "@/lib/core/errors";
import { DeniedState } from "./denied-state";
import { ErrorDetails } from "./error-details";
import { useErrorText } from "./use-error-text";

type Props = {
  error: PublicError;
  onRetry?: (() => void) | undefined;
  /** Where trying again is another thing: loading the page anew. */
  retryLabel?: string;
};

/** Instead of content that could not be loaded: a sentence, a retry button, and details for support. */
export function ErrorState({ error, onRetry, retryLabel }: Props) {
  const t = useTranslations("ui");
  const { sentence } = useErrorText();
  if (error.code === "forbidden") return <DeniedState inside />;
  return (
    <div role="alert" className="mx-auto flex max-w-lg flex-col items-center px-4 py-12 text-center">
      <Icon name="danger" size={24} className="text-danger" />
      <p className="mt-3 font-medium">{sentence(error)}</p>
      <ErrorDetails error={error} />
      {onRetry && (
        <Button icon="refresh" onClick={onRetry} className="mt-4">
          {retryLabel ?? t("retry")}
        </Button>
      )}
    </div>
  );
}
