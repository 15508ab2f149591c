import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { showToast } from "@/components/feedback/show-toast";
import { SessionList } from "@/components/sessions/session-list";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import type { UserRow } from "@/lib/users";
import { publicErrorOf } from "@/lib/web/post-json";
import { endSessionsAction } from "../actions";
import { sessionsQuery } from "../query-options";

type Props = { user: UserRow; onClose: () => void };

/** A user's sessions, to end one or all. */
export function UserSessionsDialog({ user, onClose }: Props) {
  const t = useTranslations("users");
  const ui = useTranslations("ui");
  const { data, error, refetch } = useQuery(sessionsQuery(user.id));
  const action = useAction(endSessionsAction, { effect: "write", invalidates: [queryKeys.users] });
  const [chosen, setChosen] = useState("all");
  const ending = action.pending ? chosen : null;

  const end = async (sessionId?: string) => {
    setChosen(sessionId ?? "all");
    const answer = await action.run({ userId: user.id, sessionId });
    if (answer.ok) void showToast("done", t("done.ended", { count: answer.data.ended }));
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("sessions.title", { name: user.username })}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            {ui("close")}
          </Button>
          {data && data.length > 1 && (
            <Button variant="danger" pending={ending === "all"} onClick={() => end()}>
              {t("sessions.endAllCount", { count: data.length })}
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-3 pb-2">
        {action.error && <ErrorNotice error={action.error} />}
        {error && !data ? (
          <ErrorNotice error={publicErrorOf(error)} onRetry={refetch} />
        ) : (
          <SessionList rows={data} ending={ending} onEnd={end} endsCurrent />
        )}
      </div>
    </Dialog>
  );
}
