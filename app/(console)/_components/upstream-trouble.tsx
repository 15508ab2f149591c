import { useTranslations } from "next-intl";
import { ErrorDetails } from "@/components/feedback/error-details";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Callout } from "@/components/ui/callout";
import { RelativeTime } from "@/components/ui/value/relative-time";
import type { UpstreamStatus } from "@/lib/monitoring/types";

const variables = {
  espai: "ESPAI_API_KEY",
  potato: "POTATO_ASK_KEY, POTATO_USER_TOKEN",
  talkbot: "TALKBOT_API_KEY",
};

/** Not that of one that works. */
export type InTrouble = UpstreamStatus & { state: Exclude<UpstreamStatus["state"], "ok"> };
type Props = { status: InTrouble; className?: string | undefined };

/** The trouble an upstream has: since when, why, and what is disabled. */
export function UpstreamTrouble({ status, className }: Props) {
  const t = useTranslations("shell.upstreams");
  const { upstream } = status;
  const name = t("subject", { upstream });
  if (status.state === "not_configured") {
    return (
      <Callout className={className} title={t("notConfigured", { name })}>
        {t("notConfiguredHint", { names: variables[upstream] })}
      </Callout>
    );
  }
  return (
    <Callout tone="warning" role="status" className={className} title={t(status.state, { name })}>
      <Trouble status={status} />
    </Callout>
  );
}

function Trouble({ status }: { status: InTrouble }) {
  const t = useTranslations("shell.upstreams");
  const { sentence } = useErrorText();
  const { upstream, state, error, lastSuccessAt } = status;
  // Its last poll was refused by our breaker, which has closed since: calls are paused no more.
  const back = state === "failing" && error?.key === "upstream.circuit_open";
  // The title says it already.
  const said = state === "down" && error?.key === "upstream.connection_failed";
  return (
    <>
      <p>
        {error && !said && (
          <>{back ? t("back") : sentence({ code: "upstream", key: error.key, params: { upstream } })} </>
        )}
        {lastSuccessAt ? t.rich("since", { ago: () => <RelativeTime value={lastSuccessAt} /> }) : t("never")}{" "}
        {state === "down" && t(`writes.${upstream}`)}
        {said && <> {t("lasting")}</>}
      </p>
      {error?.details && <ErrorDetails error={{ details: error.details }} />}
    </>
  );
}
