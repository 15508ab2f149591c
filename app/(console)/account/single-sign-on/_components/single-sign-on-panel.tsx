"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { showToast } from "@/components/feedback/show-toast";
import { useRefresh } from "@/components/navigation/use-refresh";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import { DateTime } from "@/components/ui/value/date-time";
import type { OwnIdentity } from "@/lib/users";
import { beginLinkingAction, unlinkIdentityAction } from "../actions";

type Props = { provider: string } & Pick<OwnIdentity, "identity" | "hasPassword">;

/** The user's account at the provider of single sign-on: link it, or unlink it. */
export function SingleSignOnPanel({ provider: name, identity, hasPassword }: Props) {
  const t = useTranslations("users.singleSignOn");
  const link = useAction(beginLinkingAction, { effect: "none" });
  const [unlinking, setUnlinking] = useState(false);
  const leave = async () => {
    if (link.pending) return;
    const answer = await link.run({});
    if (answer.ok) window.location.assign(answer.data.url);
  };

  if (!identity) {
    return (
      <div className="grid gap-4">
        <p className="text-soft text-sm">{t("explain", { name })}</p>
        {link.error && <ErrorNotice error={link.error} />}
        <div>
          <Button pending={link.pending} onClick={leave}>
            {t("link", { name })}
          </Button>
        </div>
      </div>
    );
  }
  const fixed = identity.roleByClaim ? t("byClaim", { name }) : hasPassword ? null : t("onlyWay");
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="min-w-0 flex-1">
        <p className="font-medium [overflow-wrap:anywhere]">
          <bdi>{identity.label}</bdi>
          <span className="ms-1.5 font-normal text-faint text-sm">{t("label", { name })}</span>
        </p>
        <p className="text-soft text-sm">
          {t("since")} <DateTime value={identity.since} />
          {identity.lastUsedAt && (
            <>
              {" · "}
              {t("lastUsed")} <DateTime value={identity.lastUsedAt} />
            </>
          )}
        </p>
        {fixed && <p className="text-soft text-sm">{fixed}</p>}
      </div>
      {!fixed && (
        <Button size="sm" onClick={() => setUnlinking(true)}>
          {t("unlink")}
        </Button>
      )}
      {unlinking && <UnlinkDialog name={name} onClose={() => setUnlinking(false)} />}
    </div>
  );
}

function UnlinkDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const t = useTranslations("users.singleSignOn");
  const refresh = useRefresh();
  const { run, pending, error } = useAction(unlinkIdentityAction, { effect: "write" });
  const unlink = async () => {
    if (pending) return;
    const answer = await run({});
    if (!answer.ok) return;
    onClose();
    void showToast("done", t("unlinked", { count: answer.data.ended }));
    refresh();
  };
  return (
    <Dialog open onClose={onClose} title={t("unlinkTitle", { name })} pending={pending} size="sm">
      <div className="grid gap-4 pb-2">
        {error && <ErrorNotice error={error} />}
        <p>{t("unlinkMeaning")}</p>
        <div>
          <Button variant="danger" pending={pending} onClick={unlink} data-autofocus>
            {t("unlink")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
