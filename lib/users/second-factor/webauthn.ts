import "server-only";

/** The library is large, and most requests need none of it: loaded on the first passkey. */
export const loadWebauthn = () => import("@simplewebauthn/server");
