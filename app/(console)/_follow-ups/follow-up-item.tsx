import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { DateTime } from "@/components/ui/value/date-time";
import type { Colleague, FollowUpView } from "@/lib/follow-ups/types";
import { finishFollowUpAction } from "./actions";
import { DueBadge } from "./due-badge";
import { HandOverDialog } from "./hand-over-dialog";

const invalidates = [queryKeys.followUps];

type Props = {
  followUp: FollowUpView;
  colleagues: readonly Colleague[];
  /** In a list of several cards: say which. */
  withCard?: boolean;
};

/** One follow-up: what is to be done, for which card, by whom and when; finish it or hand it over. */
export function FollowUpItem({ followUp, colleagues, withCard = false }: Props) {
  const t = useTranslations("customers.followUps");
  const [handing, setHanding] = useState(false);
  const { run, pending, error } = useAction(finishFollowUpAction, { effect: "write", invalidates });
  const { id, text, card, state, assignedTo } = followUp;
  return (
    <li className="grid gap-1 border-line px-4 py-2.5 not-last:border-b">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <DueBadge followUp={followUp} />
        {withCard && (
          <Link
            href={`/cards/${card.id}`}
            prefetch={false}
            className="min-w-0 max-w-full truncate font-medium hover:underline"
          >
            <bdi>{card.userName ?? card.maskedPhone ?? "—"}</bdi>{" "}
            <span className="font-mono text-faint text-sm">{card.maskedCode ?? card.id.slice(0, 8)}</span>
          </Link>
        )}
        <span className="ms-auto text-sm text-soft">
          <When followUp={followUp} />
        </span>
      </div>
      {text === null ? (
        <p className="text-warning">{t("unreadable")}</p>
      ) : (
        <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <span className="text-soft">{t.rich("of", { name: () => <bdi>{assignedTo.name}</bdi> })}</span>
        <span className="text-faint">
          {t.rich("openedBy", {
            name: () => <bdi>{followUp.openedByName}</bdi>,
            at: () => <DateTime value={followUp.openedAt} />,
          })}
        </span>
        {state === "open" && (
          <span className="ms-auto flex gap-2">
            <Button size="sm" onClick={() => setHanding(true)}>
              {t("handOver")}
            </Button>
            <Button size="sm" icon="check" pending={pending} onClick={() => void run({ followUpId: id })}>
              {t("finish")}
            </Button>
          </span>
        )}
      </div>
      {error && <ErrorNotice error={error} />}
      {handing && <HandOverDialog followUp={followUp} colleagues={colleagues} onClose={() => setHanding(false)} />}
    </li>
  );
}

function When({ followUp: { state, dueAt, operation, finishedAt, finishedByName } }: { followUp: FollowUpView }) {
  const t = useTranslations("customers.followUps");
  const types = useTranslations("types");
  if (state === "done")
    return t.rich("finishedBy", { name: () => <bdi>{finishedByName}</bdi>, at: () => <DateTime value={finishedAt} /> });
  return (
    <>
      {operation && (
        <Link href={`/operations/${operation.id}`} prefetch={false} className="text-accent hover:underline">
          {t("onOutcome", {
            kind: types(`operation.${operation.kind}`),
            state: types(`operationState.${operation.state}`),
          })}
        </Link>
      )}{" "}
      {dueAt && t.rich("dueAt", { at: () => <DateTime value={dueAt} /> })}
    </>
  );
}
