import "server-only";
import { createHmac, hkdfSync } from "node:crypto";
import { env } from "@/lib/core/env";

/** An HMAC with a key derived from AUTH_SECRET for this purpose alone. Null without a secret. */
export function macOf(purpose: string, text: string): Buffer | null {
  const secret = env().AUTH_SECRET;
  if (!secret) return null;
  const key = Buffer.from(hkdfSync("sha256", secret, "", `cardesk ${purpose}`, 32));
  return createHmac("sha256", key).update(text).digest();
}
