import { useTranslations } from "next-intl";
import { useId } from "react";

/** The upstreams' words: keys of the `terms` messages. */
export type TermName =
  | "card"
  | "calls"
  | "code"
  | "cardType"
  | "key"
  | "keyType"
  | "points"
  | "tokens"
  | "userId"
  | "upstream";

/**
 * What a word of the upstreams means, behind a mark beside it. The browser's own popover: pressed, by touch or by key it opens
 * without a script of ours. Outside of headings and labels, so that their names stay the word alone.
 */
export function Term({ name }: { name: TermName }) {
  const t = useTranslations("terms");
  const id = useId();
  const text = t(name);
  return (
    <>
      <button type="button" className="term" popoverTarget={id} aria-label={t("what")} title={text} />
      <span id={id} popover="auto" className="term-text">
        {text}
      </span>
    </>
  );
}
