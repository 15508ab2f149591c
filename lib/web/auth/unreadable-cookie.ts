import "server-only";

/** Whether this is why a session cookie could not be read: nobody's fault but its sender's. */
export function isUnreadableCookie(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === "string" && /^ERR_J(OSE|W)/.test(code)) || error.message === "no matching decryption secret";
}
