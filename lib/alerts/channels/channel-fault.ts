import "server-only";

/** Why a message did not arrive: message keys under "alerts.failure". */
export type FaultKey =
  | "private_address"
  | "not_found"
  | "timeout"
  | "connection"
  | "redirected"
  | "status"
  | "refused"
  | "mail"
  | "unreadable"
  | "restored"
  | "switched_off";

/** `details` is what the other side said, as text. */
export class ChannelFault extends Error {
  override name = "ChannelFault";
  readonly key: FaultKey;
  readonly details: string | null;

  constructor(key: FaultKey, details: string | null = null, cause?: unknown) {
    super(`${key}${details ? `: ${details}` : ""}`, { cause });
    this.key = key;
    this.details = details;
  }
}
