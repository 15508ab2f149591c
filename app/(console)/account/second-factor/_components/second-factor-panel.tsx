"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { showToast } from "@/components/feedback/show-toast";
import { LazyComponent, LazyModule } from "@/components/lazy-component";
import { loadWhenOnline } from "@/components/load-when-online";
import { useRefresh } from "@/components/navigation/use-refresh";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { DateTime } from "@/components/ui/value/date-time";
import type { SecondFactorView } from "@/lib/users";
import type { Change } from "./second-factor-dialog";

const dialog = new LazyModule(() =>
  loadWhenOnline(async () => (await import("./second-factor-dialog")).SecondFactorDialog),
);

/** Below this many the user is told to make new ones. */
const FEW_CODES = 3;

type Props = { view: SecondFactorView; username: string; passkeysPossible: boolean };

/** The user's own second factor: app, passkeys, recovery codes. */
export function SecondFactorPanel({ view, username, passkeysPossible }: Props) {
  const t = useTranslations("users.secondFactor");
  const refresh = useRefresh();
  const [change, setChange] = useState<Change | null>(null);
  const { app, passkeys, recoveryCodesLeft, lastReset } = view;
  const has = app !== null || passkeys.length > 0;

  const close = (done: boolean) => {
    setChange(null);
    if (!done) return;
    void showToast("done", t("saved"));
    refresh();
  };

  return (
    <div className="grid gap-4">
      <p className="text-soft text-sm">{t("explain")}</p>
      {!has && <Callout tone="info">{t("none")}</Callout>}
      {lastReset && (
        <p className="text-soft text-sm [overflow-wrap:anywhere]">
          {lastReset.approvedBy === null
            ? t("resetBy", { name: lastReset.by })
            : t("resetByApproved", { name: lastReset.by, approver: lastReset.approvedBy })}{" "}
          <DateTime value={lastReset.at} />
        </p>
      )}
      <ul className="empty:hidden divide-y divide-line rounded-md border border-line">
        {app && (
          <Row
            title={t("app.title")}
            since={app.since}
            lastUsedAt={app.lastUsedAt}
            action={
              <Button size="sm" aria-label={t("app.removeLabel")} onClick={() => setChange({ kind: "remove_app" })}>
                {t("remove")}
              </Button>
            }
          />
        )}
        {passkeys.map((key) => (
          <Row
            key={key.id}
            title={key.name}
            note={t("passkey.title")}
            since={key.createdAt}
            lastUsedAt={key.lastUsedAt}
            action={
              <Button
                size="sm"
                aria-label={t("passkey.removeLabel", { name: key.name })}
                onClick={() => setChange({ kind: "remove_passkey", id: key.id, name: key.name })}
              >
                {t("remove")}
              </Button>
            }
          />
        ))}
        {has && (
          <li className="flex flex-wrap items-center gap-2 px-3 py-2">
            <div className="min-w-0 flex-1">
              <p className="font-medium">{t("recovery.title")}</p>
              <p className={recoveryCodesLeft < FEW_CODES ? "text-sm text-warning" : "text-sm text-soft"}>
                {t("recovery.left", { count: recoveryCodesLeft })}
              </p>
            </div>
            <Button size="sm" onClick={() => setChange({ kind: "renew" })}>
              {t("recovery.renew")}
            </Button>
          </li>
        )}
      </ul>
      <div className="flex flex-wrap gap-2">
        {passkeysPossible && (
          <Button icon="key" variant={has ? undefined : "primary"} onClick={() => setChange({ kind: "add_passkey" })}>
            {t("passkey.add")}
          </Button>
        )}
        {!app && <Button onClick={() => setChange({ kind: "add_app" })}>{t("app.add")}</Button>}
      </div>
      {change && <LazyComponent module={dialog} props={{ change, username, onClose: close }} />}
    </div>
  );
}

type RowProps = {
  title: string;
  note?: string;
  since: string;
  lastUsedAt: string | null;
  action: ReactNode;
};

function Row({ title, note, since, lastUsedAt, action }: RowProps) {
  const t = useTranslations("users.secondFactor");
  return (
    <li className="flex flex-wrap items-center gap-2 px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="font-medium [overflow-wrap:anywhere]">
          <bdi>{title}</bdi>
          {note && <span className="ms-1.5 font-normal text-faint text-sm">{note}</span>}
        </p>
        <p className="text-soft text-sm">
          {t("since")} <DateTime value={since} />
          {lastUsedAt && (
            <>
              {" · "}
              {t("lastUsed")} <DateTime value={lastUsedAt} />
            </>
          )}
        </p>
      </div>
      {action}
    </li>
  );
}
