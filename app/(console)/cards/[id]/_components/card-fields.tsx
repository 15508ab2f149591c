import { useTranslations } from "next-intl";
import { CardState } from "@/app/(console)/_components/card/card-state";
import { CardTypeBadge } from "@/app/(console)/_components/card/card-type-badge";
import { useAction } from "@/components/actions/use-action";
import { CopyButton } from "@/components/clipboard/copy-button";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Panel } from "@/components/panel";
import { DescriptionList } from "@/components/ui/description-list";
import { Term } from "@/components/ui/term";
import { DateTime } from "@/components/ui/value/date-time";
import { MaskedText } from "@/components/ui/value/masked-text";
import type { CardDetail } from "@/lib/cards/types";
import { revealCardAction } from "../../actions";

const NONE = <span className="text-faint">—</span>;

/** Every field of the card. Phone and code are revealed only on request, one at a time, and audited. */
export function CardFields({ card, seesCode }: { card: CardDetail; seesCode: boolean }) {
  const t = useTranslations("cards");
  const { sentence } = useErrorText();
  const { run } = useAction(revealCardAction, { effect: "none" });

  const reveal = (field: "phone" | "code", purpose: "see" | "copy") => async () => {
    const result = await run({ id: card.id, field, purpose });
    if (result.ok) return result.data.value;
    void showToast("danger", t("card.revealFailed"), { description: sentence(result.error) });
    return null;
  };
  const blocked = { phone: undefined, code: seesCode ? undefined : t("card.codeNeedsOperator") };
  const secret = (field: "phone" | "code", masked: string, copy: string) => (
    <span className="flex flex-wrap items-center gap-1">
      <MaskedText
        key={masked}
        masked={masked}
        label={t(`columns.${field}`)}
        reveal={reveal(field, "see")}
        disabledReason={blocked[field]}
      />
      <CopyButton text={reveal(field, "copy")} label={copy} disabledReason={blocked[field]} />
    </span>
  );

  return (
    <Panel title={t("card.fields")}>
      <DescriptionList
        items={[
          { label: t("columns.state"), value: <CardState card={card} /> },
          { label: t("columns.type"), about: <Term name="cardType" />, value: <CardTypeBadge type={card.type} /> },
          { label: t("columns.name"), value: card.userName === null ? NONE : <bdi>{card.userName}</bdi> },
          {
            label: t("columns.phone"),
            value: card.maskedPhone === null ? NONE : secret("phone", card.maskedPhone, t("card.copyPhone")),
          },
          {
            label: t("columns.code"),
            about: <Term name="code" />,
            value: secret("code", card.maskedCode, t("card.copyCode")),
          },
          { label: t("columns.created"), value: <DateTime value={card.createdAt} /> },
          { label: t("columns.updated"), value: <DateTime value={card.updatedAt} /> },
          { label: t("card.firstSeen"), value: <DateTime value={card.firstSeenAt} /> },
          {
            label: t("columns.id"),
            value: (
              <span className="flex items-center gap-1">
                <code className="text-xs">{card.id}</code>
                <CopyButton text={card.id} label={t("card.copyId")} />
              </span>
            ),
          },
          {
            label: t("card.userId"),
            about: <Term name="userId" />,
            value: card.userId === null ? NONE : <code className="text-xs">{card.userId}</code>,
          },
        ]}
      />
    </Panel>
  );
}
