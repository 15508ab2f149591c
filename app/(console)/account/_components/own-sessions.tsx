"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { showToast } from "@/components/feedback/show-toast";
import { SessionList } from "@/components/sessions/session-list";
import { Button } from "@/components/ui/button/button";
import type { PublicError } from "@/lib/core/errors";
import type { SessionRow } from "@/lib/users";
import { endOwnSessionsAction } from "../actions";
import { ownSessionsQuery } from "../query-options";

/** The user's own sessions; signing out ends the current one. */
export function OwnSessions({ initial }: { initial: SessionRow[] }) {
  const t = useTranslations("users");
  const client = useQueryClient();
  const { data } = useQuery({ ...ownSessionsQuery(), initialData: initial });
  const [ending, setEnding] = useState<string | null>(null);
  const [refused, setRefused] = useState<PublicError | null>(null);
  const others = data.filter((row) => !row.current).length;

  const end = async (sessionId?: string) => {
    setEnding(sessionId ?? "others");
    setRefused(null);
    const answer = await endOwnSessionsAction({ sessionId }).catch(() => null);
    setEnding(null);
    if (!answer?.ok) return setRefused(answer?.error ?? { code: "unavailable", key: "no_answer_refresh" });
    await client.invalidateQueries({ queryKey: ["account"] });
    void showToast("done", t("done.ended", { count: answer.data.ended }));
  };

  return (
    <div className="grid gap-3">
      {refused && <ErrorNotice error={refused} />}
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
