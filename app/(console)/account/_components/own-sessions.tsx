"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { showToast } from "@/components/feedback/show-toast";
import { SessionList } from "@/components/sessions/session-list";
import { Button } from "@/components/ui/button/button";
import type { SessionRow } from "@/lib/users";
import { endOwnSessionsAction } from "../actions";
import { ownSessionsQuery } from "../query-options";

/** The user's own sessions; signing out ends the current one. */
export function OwnSessions({ initial }: { initial: SessionRow[] }) {
  const t = useTranslations("users");
  const { data } = useQuery({ ...ownSessionsQuery(), initialData: initial });
  const { run, pending, error } = useAction(endOwnSessionsAction, {
    effect: "write",
    invalidates: [queryKeys.account],
  });
  const [chosen, setChosen] = useState("others");
  const ending = pending ? chosen : null;
  const others = data.filter((row) => !row.current).length;

  const end = async (sessionId?: string) => {
    setChosen(sessionId ?? "others");
    const answer = await run({ sessionId });
    if (answer.ok) void showToast("done", t("done.ended", { count: answer.data.ended }));
  };

  return (
    <div className="grid gap-3">
      {error && <ErrorNotice error={error} />}
      <p className="text-soft text-sm">{t("account.sessionsNote")}</p>
      <SessionList rows={data} ending={ending} onEnd={end} />
      {others > 1 && (
        <div>
          <Button pending={ending === "others"} onClick={() => end()}>
            {t("sessions.endOthers", { count: others })}
          </Button>
        </div>
      )}
    </div>
  );
}
