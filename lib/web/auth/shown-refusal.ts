import "server-only";
import type { ErrorCode, PublicError } from "@/lib/core/errors";

/** Why a way to the provider failed, as a page says it. Anything else that can go wrong is "failed". */
const SHOWN: Readonly<Record<string, ErrorCode>> = {
  single_sign_on_failed: "upstream",
  single_sign_on_away: "unavailable",
  single_sign_on_off: "not_configured",
  single_sign_on_expired: "expired",
  single_sign_on_cancelled: "forbidden",
  single_sign_on_refused: "forbidden",
  single_sign_on_not_proved: "forbidden",
  second_factor_required: "forbidden",
  identity_of_another: "conflict",
  identity_linked: "conflict",
  link_expired: "expired",
  not_signed_in: "not_signed_in",
  database_away: "unavailable",
};

/** The key of a refusal as it stands in an address. */
export const shownKey = (key: string): string => (Object.hasOwn(SHOWN, key) ? key : "single_sign_on_failed");

/** The refusal that an address names; null for anything we never wrote there. */
export function shownRefusal(value: unknown): PublicError | null {
  const code = typeof value === "string" && Object.hasOwn(SHOWN, value) ? SHOWN[value] : undefined;
  return code ? { code, key: String(value) } : null;
}
