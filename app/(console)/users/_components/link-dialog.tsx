import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/clipboard/copy-button";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { DateTime } from "@/components/ui/value/date-time";
import type { LinkToHandOver } from "@/lib/users/schemas";

type Props = { link: LinkToHandOver | null; onClose: () => void };

/**
 * Shows a one-time link once; closing the dialog forgets it, so only its button does. The focus starts on "copy": the
 * second Enter of a hurried hand copies.
 */
export function LinkDialog({ link, onClose }: Props) {
  const t = useTranslations("users.link");
  if (!link) return null;
  const url = new URL(link.path, window.location.origin).href;
  return (
    <Dialog
      open
      mustAnswer
      onClose={onClose}
      title={t("title", { name: link.username })}
      footer={
        <>
          <Button onClick={onClose}>{t("done")}</Button>
          <CopyButton text={url} label={t("copy")} withText autoFocus />
        </>
      }
    >
      <div className="grid gap-3 pb-2">
        <output
          aria-label={t("label")}
          className="block rounded-md bg-sunken p-2 font-mono text-sm select-all [overflow-wrap:anywhere]"
        >
          {url}
        </output>
        <p className="text-soft text-sm">
          {t("until")} <DateTime value={link.expiresAt} />
        </p>
        <Callout tone="warning">{t("note")}</Callout>
      </div>
    </Dialog>
  );
}
