import "server-only";
import { env } from "@/lib/core/env";

/** This console as passkeys know it: the host of APP_URL. Browsers allow http on localhost only. */
export function relyingParty(): { id: string; name: string; origin: string } {
  const url = new URL(env().APP_URL ?? `http://localhost:${env().PORT}`);
  return { id: url.hostname, name: "Cardesk", origin: url.origin };
}
