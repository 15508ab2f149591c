"use client";

import clsx from "clsx";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { BillingBody } from "@/app/(console)/billing/_components/billing-body";
import { useBilling } from "@/app/(console)/billing/_components/use-billing";
import { buttonClass } from "@/components/ui/button/button-class";
import { Icon } from "@/components/ui/icon";
import { usePopover } from "@/components/ui/popover/use-popover";
import type { BillingView } from "@/lib/billing/types";
import { formatDecimal } from "@/lib/format/micro";

/** The Talk-Bot balance in the header; opens a popover with the details. */
export function BillingWidget({ initial }: { initial: BillingView }) {
  const t = useTranslations("shell.account");
  const billing = useBilling(initial);
  const { open, button, popover } = usePopover({ align: "end" });
  const { numbers, warning, error, stale } = billing.view;
  const troubled = warning || error !== null || stale;
  const shown = numbers ? formatDecimal(numbers.remainingAmount, 2) : "—";
  return (
    <>
      <button
        type="button"
        {...button}
        aria-haspopup="dialog"
        className={buttonClass({ variant: "ghost", className: "px-2" })}
      >
        {troubled ? <Icon name="warning" className="text-warning" /> : <Icon name="billing" />}
        <span className="sr-only">{t("button")}</span>
        <span
          className={clsx(
            "tabular-nums",
            troubled && "text-warning",
            !numbers && "text-faint",
            !troubled && "max-sm:hidden",
          )}
        >
          {shown}
        </span>
      </button>
      <div
        {...popover}
        role="dialog"
        aria-label={t("title")}
        className="fixed inset-auto m-0 w-[min(26rem,calc(100vw-8px))] rounded-lg border-0 bg-raised p-4 text-text shadow-float outline-none"
      >
        {open && (
          <div className="grid gap-3">
            <p className="font-semibold">{t("title")}</p>
            <BillingBody {...billing} />
            <p className="border-line border-t pt-2">
              <Link
                href="/billing"
                className="inline-flex min-h-6 items-center gap-1 text-accent hover:underline"
                onClick={(event) => event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover()}
              >
                {t("open")}
                <Icon name="arrow-right" size={14} />
              </Link>
            </p>
          </div>
        )}
      </div>
    </>
  );
}
