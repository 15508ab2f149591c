import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "../button/icon-button";

type Props = {
  /** The masked text, from `maskPhone` or `maskCode`. */
  masked: string;
  /** Fetches the whole text once, on request; the server audits it. Null: not available. */
  reveal?: (() => Promise<string | null>) | undefined;
  /** Why it stays masked, on the button that would reveal it. */
  disabledReason?: string | undefined;
  /** What it is, for the button: "手机号". */
  label: string;
};

/** A masked secret that can be revealed and hidden again. */
export function MaskedText({ masked, reveal, disabledReason, label }: Props) {
  const t = useTranslations("ui");
  const [whole, setWhole] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  const [pending, setPending] = useState(false);

  const toggle = async () => {
    if (shown || whole !== null || !reveal) return setShown(!shown);
    setPending(true);
    try {
      const text = await reveal();
      setWhole(text);
      setShown(text !== null);
    } finally {
      setPending(false);
    }
  };

  return (
    <span className="inline-flex items-center gap-0.5 whitespace-nowrap">
      <span className="font-mono">{shown && whole !== null ? whole : masked}</span>
      {reveal && (
        <IconButton
          icon={shown ? "eye-off" : "eye"}
          label={t(shown ? "hideValue" : "showValue", { label })}
          size="sm"
          pending={pending}
          disabledReason={disabledReason}
          onClick={toggle}
        />
      )}
    </span>
  );
}
