/** Users, passwords, sessions, one-time links. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

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
export { inspectLink, type LinkView } from "./inspect-link";
export { type LinkRow, listOwnLinks } from "./list-links";
export { listOwnSessions, listSessions, type SessionRow } from "./list-sessions";
export { listUsers, type UserRow, type UserState } from "./list-users";
export { proveIdentity } from "./prove-identity";
export { readProof } from "./read-proof";
export { readSession } from "./read-session";
export { redeemLink } from "./redeem-link";
export { recordRefusals } from "./refusals";
export { type Browser, type SignedIn, signIn } from "./sign-in";
export { pruneAttempts } from "./sign-in-throttle";
export { signOut } from "./sign-out";
