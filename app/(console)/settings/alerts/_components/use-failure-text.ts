import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { DeliveryView } from "@/lib/alerts/types";
import { findMessage } from "@/lib/web/i18n/find-message";

/** Why a message did not arrive, in a sentence, with what the other side said. */
export function useFailureText(): (error: NonNullable<DeliveryView["error"]>) => string {
  const t = useTranslations("alerts.failure");
  return useCallback(({ key, details }) => [findMessage(t, key) ?? key, details].filter(Boolean).join(" · "), [t]);
}
