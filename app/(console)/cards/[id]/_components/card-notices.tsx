import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button/button-link";
import { Callout } from "@/components/ui/callout";
import { DateTime } from "@/components/ui/value/date-time";
import type { CardDetail } from "@/lib/cards/types";
import { OPERATION_KINDS, OPERATION_STATES } from "@/lib/operations/types";

/** What limits the card now: it is gone, or an operation has locked it. */
export function CardNotices({ card }: { card: CardDetail }) {
  const t = useTranslations("cards.card");
  const types = useTranslations("types");
  const { lockOwner, goneAt } = card;
  const kind = OPERATION_KINDS.find((each) => each === lockOwner?.kind);
  const state = OPERATION_STATES.find((each) => each === lockOwner?.state);
  return (
    <>
      {goneAt && <Callout title={t.rich("gone", { at: () => <DateTime value={goneAt} /> })}>{t("goneHint")}</Callout>}
      {lockOwner && kind && state && (
        <Callout
          tone={state === "unknown" ? "unknown" : "warning"}
          title={t("held")}
          actions={
            <ButtonLink size="sm" href={`/operations/${lockOwner.operationId}`}>
              {t("openOperation")}
            </ButtonLink>
          }
        >
          {t("lockedBy", {
            actor: lockOwner.actorName,
            kind: types(`operation.${kind}`),
            state: types(`operationState.${state}`),
          })}
        </Callout>
      )}
    </>
  );
}
