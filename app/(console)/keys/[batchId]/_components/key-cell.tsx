import { useTranslations } from "next-intl";
import { useAction } from "@/components/actions/use-action";
import { CopyButton } from "@/components/clipboard/copy-button";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import { MaskedText } from "@/components/ui/value/masked-text";
import type { KeyView } from "@/lib/keys";
import { reveal } from "../../actions";

/** A key's last four characters; the whole key only on request, each time audited. */
export function KeyCell({ row, mayReveal }: { row: KeyView; mayReveal: boolean }) {
  const t = useTranslations("keys");
  const { sentence } = useErrorText();
  const { run } = useAction(reveal, { effect: "none" });
  const take = async (purpose: "show" | "copy") => {
    const result = await run({ keyId: row.id, purpose });
    if (result.ok) return result.data.key;
    void showToast("danger", sentence(result.error));
    return null;
  };
  return (
    <span className="inline-flex items-center gap-1">
      <MaskedText
        masked={`••••${row.last4}`}
        label={t("reveal.label")}
        reveal={mayReveal ? () => take("show") : undefined}
      />
      {mayReveal && <CopyButton text={() => take("copy")} label={t("reveal.copy")} />}
    </span>
  );
}
