import "server-only";
import { isIP } from "node:net";
import { env } from "@/lib/core/env";

/** This console as passkeys know it: the host of APP_URL. Browsers allow http on localhost only. */
export function relyingParty(): { id: string; name: string; origin: string } {
  const url = new URL(env().APP_URL ?? `http://localhost:${env().PORT}`);
  return { id: url.hostname, name: "Cardesk", origin: url.origin };
}

/** Whether browsers make passkeys for this console: for a name, not an address, over https or on localhost. */
export function arePasskeysPossible(): boolean {
  const { id, origin } = relyingParty();
  const isAddress = isIP(id) !== 0 || id.startsWith("[");
  return !isAddress && (origin.startsWith("https:") || id === "localhost");
}
