"use client";

import { useTranslations } from "next-intl";
import { useWriteBlock } from "@/app/(console)/_components/use-write-block";
import { Button } from "@/components/ui/button/button";
import { ButtonLink } from "@/components/ui/button/button-link";

/** Leads to the form, unless no batch can be generated now. */
export function NewBatchButton() {
  const t = useTranslations("keys");
  const blocked = useWriteBlock("potato");
  if (blocked) {
    return (
      <Button variant="primary" icon="plus" disabledReason={blocked}>
        {t("new")}
      </Button>
    );
  }
  return (
    <ButtonLink href="/keys/new" variant="primary" icon="plus">
      {t("new")}
    </ButtonLink>
  );
}
