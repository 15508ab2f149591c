/** Users, passwords, sessions, one-time links, the second factor, single sign-on. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export { MIN_LENGTH as MIN_PASSWORD_LENGTH } from "@/lib/core/password-rule";
export { hasAnotherAdmin } from "./admins";
export { assertFreshProof } from "./assert-fresh-proof";
export { assertHasRole } from "./assert-has-role";
export { assertMayWrite } from "./assert-may-write";
export { changeOwnPassword } from "./change-own-password";
export { changeRole } from "./change-role";
export { createResetLink } from "./create-reset-link";
export { createUser } from "./create-user";
export { disableUser } from "./disable-user";
export { enableUser } from "./enable-user";
export { endOwnSessions } from "./end-own-sessions";
export { endSessions } from "./end-sessions";
export { ensureFirstAdmin } from "./ensure-first-admin";
export { findOpenApproval, type OpenApproval } from "./find-open-approval";
export { findLinked, readProvider } from "./identities";
export { inspectLink, type LinkView } from "./inspect-link";
export { type LinkRow, listOwnLinks } from "./list-links";
export { listOwnSessions, listSessions, type SessionRow } from "./list-sessions";
export { listUserNames } from "./list-user-names";
export { listUsers, type UserRow, type UserState } from "./list-users";
export type { Browser, SignedIn } from "./open-session";
export { proveIdentity } from "./prove-identity";
export { pruneSessions } from "./prune-sessions";
export { readProof } from "./read-proof";
export { hasProviderFactor, readOpenSession, readSession } from "./read-session";
export { redeemLink } from "./redeem-link";
export { checkResetRequest } from "./reset-approval/check-reset-request";
export { mayApproveReset } from "./reset-approval/may-approve-reset";
export { resetSecondFactor } from "./reset-second-factor";
export { addPasskey } from "./second-factor/add-passkey";
export { beginTotp, type TotpEnrolment } from "./second-factor/begin-totp";
export { completeSignIn } from "./second-factor/complete-sign-in";
export { confirmTotp, type NewRecoveryCodes } from "./second-factor/confirm-totp";
export {
  askAnyPasskey,
  askOwnPasskey,
  askTicketPasskey,
  beginPasskey,
  type NewPasskeyRequest,
  type PasskeyRequest,
} from "./second-factor/passkey-options";
export {
  askedSecondFactor,
  hasSecondFactor,
  type PasskeyView,
  readOwnSecondFactor,
  type SecondFactorView,
} from "./second-factor/read-second-factor";
export { arePasskeysPossible } from "./second-factor/relying-party";
export { removePasskey } from "./second-factor/remove-passkey";
export { removeTotp } from "./second-factor/remove-totp";
export { renewRecoveryCodes } from "./second-factor/renew-recovery-codes";
export { signInByPasskey } from "./second-factor/sign-in-by-passkey";
export { SecondFactorNeeded, TICKET_SECONDS } from "./second-factor/sign-in-tickets";
export { verifySecondFactor } from "./second-factor/verify-second-factor";
export { signIn } from "./sign-in";
export { pruneAttempts } from "./sign-in-throttle";
export { signOut } from "./sign-out";
export {
  ATTEMPT_SECONDS,
  type Attempt as SingleSignOnAttempt,
  type AttemptPurpose,
  issueAttempt,
  takeAttempt,
} from "./single-sign-on/attempts";
export { findInvitation } from "./single-sign-on/find-invitation";
export { linkIdentity } from "./single-sign-on/link-identity";
export { assertProvedByProvider, proveByProvider } from "./single-sign-on/prove-by-provider";
export { type ProviderClaims, readClaims } from "./single-sign-on/read-claims";
export { type OwnIdentity, readOwnIdentity } from "./single-sign-on/read-own-identity";
export { redeemByProvider } from "./single-sign-on/redeem-by-provider";
export { signInByProvider } from "./single-sign-on/sign-in-by-provider";
export { unlinkIdentity } from "./single-sign-on/unlink-identity";
