import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button/button";
import { IconButton } from "@/components/ui/button/icon-button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { CardFilter, CardSort, CardView } from "@/lib/cards/types";
import { publicErrorOf } from "@/lib/web/post-json";
import { deleteViewAction, setDefaultViewAction } from "../../actions";
import { cardViewsQuery } from "../../query-options";
import { SaveViewForm } from "./save-view-form";

type Props = {
  /** What the table shows now, to be saved. */
  current: { filter: CardFilter; sort: CardSort };
  /** They may share a view with everybody. */
  canShare: boolean;
  onApply: (view: Pick<CardView, "filter" | "sort">) => void;
  onClose: () => void;
};

/** Saved views of the cards table: apply one, choose which one opens by itself, delete, save what is shown now. */
export function ViewsDialog({ current, canShare, onApply, onClose }: Props) {
  const t = useTranslations("cards.views");
  const { data: views, error } = useQuery(cardViewsQuery);
  const options = { effect: "write", invalidates: [cardViewsQuery.queryKey] } as const;
  const choice = useAction(setDefaultViewAction, options);
  const removal = useAction(deleteViewAction, options);
  // A view that others use goes only at a second press.
  const [asked, setAsked] = useState<string | null>(null);
  const failure = choice.error ?? removal.error ?? (error && !views ? publicErrorOf(error) : null);

  return (
    <Dialog open onClose={onClose} title={t("title")} description={t("hint")}>
      <div className="grid gap-4 pb-2">
        {failure && <ErrorNotice error={failure} />}
        {!views && !failure && <Skeleton className="h-9" />}
        {views?.length === 0 && <p className="text-soft">{t("none")}</p>}
        {views && views.length > 0 && (
          <ul aria-label={t("title")} className="rounded-md border border-line">
            {views.map((view) => (
              <li key={view.id} className="flex items-center gap-2 border-line px-3 py-1.5 not-last:border-b">
                <Button
                  variant="ghost"
                  className="min-w-0 flex-1 justify-start!"
                  onClick={() => {
                    onApply(view);
                    onClose();
                  }}
                >
                  <bdi className="truncate">{view.name}</bdi>
                </Button>
                {view.shared && <Badge>{view.own ? t("shared") : t("sharedBy", { name: view.ownerName })}</Badge>}
                <Button
                  size="sm"
                  variant="ghost"
                  aria-pressed={view.isDefault}
                  className={view.isDefault ? "text-accent!" : ""}
                  pending={choice.pending}
                  onClick={() => choice.run({ viewId: view.isDefault ? null : view.id })}
                >
                  {view.isDefault ? t("isDefault") : t("makeDefault")}
                </Button>
                {view.mayDelete &&
                  (asked === view.id ? (
                    <Button
                      ref={takeFocus}
                      size="sm"
                      variant="danger"
                      pending={removal.pending}
                      onClick={() => removal.run({ viewId: view.id })}
                    >
                      {t(view.shared ? "deleteShared" : "deleteVerb")}
                    </Button>
                  ) : (
                    <IconButton
                      size="sm"
                      icon="close"
                      label={t("delete", { name: view.name })}
                      onClick={() => setAsked(view.id)}
                    />
                  ))}
              </li>
            ))}
          </ul>
        )}
        <SaveViewForm current={current} canShare={canShare} />
      </div>
    </Dialog>
  );
}

/** The button that was pressed is gone. */
const takeFocus = (button: HTMLButtonElement | null): void => button?.focus();
