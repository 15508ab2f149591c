import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { formatInteger } from "@/lib/format/numbers";
import type { OperationDetail } from "@/lib/operations";
import { type Explanation, explainTransfer } from "@/lib/operations/types";
import { SettleDialog } from "./settle-dialog";
import { whyManual } from "./why-manual";

/** For outcomes that readings can't decide: both explanations with their arithmetic, and a button to resolve. */
export function ManualResolutionPanel({ operation, canSettle, onSettled }: Props) {
  const t = useTranslations("operations");
  const [settling, setSettling] = useState(false);
  return (
    <Callout
      tone="warning"
      title={t("person.title")}
      actions={
        <Button
          size="sm"
          disabledReason={canSettle ? undefined : t("settle.adminOnly")}
          onClick={() => setSettling(true)}
        >
          {t("settle.open")}
        </Button>
      }
    >
      <p>{t(`person.${whyManual(operation)}`)}</p>
      <Explanations operation={operation} />
      {settling && <SettleDialog operation={operation} onClose={() => setSettling(false)} onSettled={onSettled} />}
    </Callout>
  );
}

type Props = { operation: OperationDetail; canSettle: boolean; onSettled: () => void };

function Explanations({ operation }: { operation: OperationDetail }) {
  const t = useTranslations("operations");
  const { baseline, amount, readings } = operation;
  const last = readings.at(-1)?.reading;
  const numbers =
    baseline?.kind === "balances" && last?.kind === "balances"
      ? [baseline.source, baseline.target, last.source, last.target]
      : [];
  const [s0, t0, s, u] = numbers;
  if (typeof s0 !== "number" || typeof t0 !== "number" || typeof s !== "number" || typeof u !== "number" || !amount) {
    return <p>{t("person.noMath")}</p>;
  }
  const both = explainTransfer({ source: s0, target: t0 }, amount, { source: s, target: u });
  const show = (value: number) => formatInteger(value);
  const math = (e: Explanation) => ({
    s0: show(s0),
    t0: show(t0),
    s: show(s),
    t: show(u),
    amount: show(amount),
    s1: show(e.source),
    t1: show(e.target),
    su: show(e.sourceUsed),
    tu: show(e.targetUsed),
  });
  return (
    <dl className="mt-2 grid gap-2">
      <div>
        <dt className="font-medium">{t("person.ifApplied")}</dt>
        <dd>
          {both.applied.possible ? (
            t("person.appliedMath", math(both.applied))
          ) : (
            <Impossible explanation={both.applied} />
          )}
        </dd>
      </div>
      <div>
        <dt className="font-medium">{t("person.ifNotApplied")}</dt>
        <dd>
          {both.notApplied.possible ? (
            t("person.notAppliedMath", math(both.notApplied))
          ) : (
            <Impossible explanation={both.notApplied} />
          )}
        </dd>
      </div>
    </dl>
  );
}

function Impossible({ explanation }: { explanation: Explanation }) {
  const t = useTranslations("operations");
  const onSource = explanation.sourceUsed < 0;
  const more = -(onSource ? explanation.sourceUsed : explanation.targetUsed);
  return t("person.impossible", {
    which: t(onSource ? "person.sourceCard" : "person.targetCard"),
    more: formatInteger(more),
  });
}
