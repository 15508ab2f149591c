import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button/button";
import { IconButton } from "@/components/ui/button/icon-button";
import { Dialog } from "@/components/ui/dialog";
import { LiveRegion } from "@/components/ui/live-region";
import { copyText } from "./copy-text";

type Props = {
  /** The text, or how to fetch it. Null: not available; the function that fetches it shows why. */
  text: string | (() => Promise<string | null>);
  /** What is copied: "复制兑换码". */
  label: string;
  /** Why it can't be copied. */
  disabledReason?: string | undefined;
  /** Show the label, not only the icon. */
  withText?: boolean;
  /** Has the focus first in its dialog. */
  autoFocus?: boolean;
};

/** Copies a text. Shows a tick only if it worked, else a dialog with the text selected. */
export function CopyButton({ text, label, disabledReason, withText = false, autoFocus = false }: Props) {
  const t = useTranslations("ui");
  const [state, setState] = useState<"idle" | "pending" | "copied">("idle");
  const [byHand, setByHand] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = async () => {
    setState("pending");
    let copied = false;
    try {
      const value = typeof text === "string" ? text : await text();
      if (value === null) return;
      copied = await copyText(value);
      if (!copied) setByHand(value);
    } finally {
      setState(copied ? "copied" : "idle");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setState("idle"), 2000);
    }
  };

  const icon = state === "copied" ? "check" : "copy";
  return (
    <>
      {withText ? (
        <Button
          icon={icon}
          data-autofocus={autoFocus || undefined}
          pending={state === "pending"}
          disabledReason={disabledReason}
          onClick={copy}
        >
          {state === "copied" ? t("copied") : label}
        </Button>
      ) : (
        <IconButton
          icon={icon}
          label={label}
          size="sm"
          pending={state === "pending"}
          disabledReason={disabledReason}
          onClick={copy}
        />
      )}
      <LiveRegion>{state === "copied" ? t("copied") : ""}</LiveRegion>
      <Dialog
        open={byHand !== null}
        onClose={() => setByHand(null)}
        title={label}
        description={t("copyByHand")}
        footer={<Button onClick={() => setByHand(null)}>{t("close")}</Button>}
      >
        <textarea
          data-autofocus
          readOnly
          aria-label={label}
          rows={Math.min(12, (byHand ?? "").split("\n").length + 1)}
          value={byHand ?? ""}
          onFocus={(event) => event.currentTarget.select()}
          className="w-full rounded-md border border-control bg-canvas p-2 font-mono"
        />
      </Dialog>
    </>
  );
}
