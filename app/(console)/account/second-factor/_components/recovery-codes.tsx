import { useTranslations } from "next-intl";
import { useState } from "react";
import { CopyButton } from "@/components/clipboard/copy-button";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/form/checkbox";
import { saveFile } from "@/lib/web/download-post";

type Props = { codes: string[]; username: string; onDone: () => void };

/** Shows new recovery codes, this once; goes on when they are kept. */
export function RecoveryCodes({ codes, username, onDone }: Props) {
  const t = useTranslations("users.secondFactor.recovery");
  const [kept, setKept] = useState(false);
  const download = () => {
    const lines = [t("fileTitle", { name: username }), "", ...codes, ""];
    const file = new Blob([lines.join("\r\n")], { type: "text/plain;charset=utf-8" });
    saveFile(file, `cardesk-${t("fileName")}-${username}.txt`);
  };
  return (
    <div className="grid gap-4 pb-2">
      <p>{t("explain")}</p>
      <ul
        aria-label={t("label")}
        className="grid gap-x-4 gap-y-1 rounded-md bg-sunken p-3 font-mono text-sm sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button icon="download" onClick={download} data-autofocus>
          {t("download")}
        </Button>
        <CopyButton text={codes.join("\n")} label={t("copy")} withText />
      </div>
      <Callout tone="warning">{t("once")}</Callout>
      <Checkbox checked={kept} onChange={(event) => setKept(event.target.checked)}>
        {t("kept")}
      </Checkbox>
      <div>
        <Button variant="primary" disabledReason={kept ? undefined : t("keepFirst")} onClick={onDone}>
          {t("done")}
        </Button>
      </div>
    </div>
  );
}
