/**
 * Who may use which endpoint: the least role, "public" where no session is needed. Every page, route handler and
 * server action is listed here; app/access-table.test.ts fails when one is missing, gone, or demands something
 * else in the code.
 */
export type Demand = "public" | "support" | "operator" | "admin";

/** By path, as in the address bar. */
export const pages: Record<string, Demand> = {
  "/": "support",
  "/account": "support",
  "/approvals": "operator",
  "/approvals/[approvalId]": "operator",
  "/audit": "admin",
  "/billing": "support",
  "/cards": "support",
  "/cards/[id]": "support",
  "/cards/paste": "support",
  "/customers/[userId]": "support",
  "/fault-lab": "admin",
  "/follow-ups": "support",
  "/health": "admin",
  "/keys": "support",
  "/keys/[batchId]": "support",
  "/keys/new": "operator",
  "/login": "public",
  "/missing": "support",
  "/operations": "support",
  "/operations/[operationId]": "support",
  "/second-factor": "support",
  "/settings": "admin",
  "/settings/alerts": "admin",
  "/settings/replies": "admin",
  "/setup": "public",
  "/users": "admin",
};

/** By method and path. A public one decides by the session itself what more to show. */
export const routes: Record<string, Demand> = {
  "GET /api/auth/callback/oidc": "public",
  "GET /api/health": "public",
  "GET /api/messages": "public",
  // Also for a scraper that shows METRICS_TOKEN, where one is configured.
  "GET /api/metrics": "admin",
  "GET /api/unreachable": "public",
  "POST /api/account/passkey": "support",
  "POST /api/account/sessions": "support",
  "POST /api/approvals/get": "operator",
  "POST /api/approvals/list": "operator",
  "POST /api/approvals/waiting": "operator",
  "POST /api/audit/export": "admin",
  "POST /api/audit/list": "admin",
  "POST /api/batches/chunks": "support",
  "POST /api/batches/get": "support",
  "POST /api/batches/list": "support",
  "POST /api/billing/read": "support",
  "POST /api/cards/export": "support",
  "POST /api/cards/facets": "support",
  "POST /api/cards/find": "support",
  "POST /api/cards/get": "support",
  "POST /api/cards/ids": "support",
  "POST /api/cards/known-tags": "support",
  "POST /api/cards/list": "support",
  "POST /api/cards/summary": "support",
  "POST /api/cards/sync": "support",
  "POST /api/cards/daily-use": "support",
  "POST /api/cards/tags": "support",
  "POST /api/cards/use": "support",
  "POST /api/cards/views": "support",
  "POST /api/customers/get": "support",
  "POST /api/fault-lab/read": "admin",
  "POST /api/find": "support",
  "POST /api/find/many": "support",
  "POST /api/find/many/export": "support",
  "POST /api/follow-ups/due": "support",
  "POST /api/follow-ups/list": "support",
  "POST /api/health/read": "admin",
  "POST /api/incident": "support",
  "POST /api/keys/export": "operator",
  "POST /api/keys/list": "support",
  "POST /api/operations/get": "support",
  "POST /api/operations/list": "support",
  "POST /api/operations/unknown": "support",
  "POST /api/overview/read": "support",
  "POST /api/timeline/read": "support",
  "POST /api/upstreams": "support",
  "POST /api/session": "public",
  "POST /api/session/passkey": "public",
  "POST /api/session/second-factor": "public",
  "POST /api/users/list": "admin",
  "POST /api/users/names": "support",
  "POST /api/users/sessions": "admin",
};

/** All that is open to who must set up a second factor before anything else: pages by path, actions by file and export. */
export const openWhileEnrolling: readonly string[] = [
  "/second-factor",
  "app/(console)/account/actions proveIdentityAction",
  "app/(console)/account/actions signOutAction",
  "app/(console)/account/single-sign-on/actions beginProvingAction",
  "app/(console)/account/second-factor/actions addPasskeyAction",
  "app/(console)/account/second-factor/actions beginPasskeyAction",
  "app/(console)/account/second-factor/actions beginTotpAction",
  "app/(console)/account/second-factor/actions confirmTotpAction",
];

/**
 * Which of the endpoints below demand a fresh proof of who the caller is: always, or by what they are asked. By its name
 * in the log. Everything about users and settings does, but for the exceptions.
 */
export const freshProofs: Record<string, "always" | "sometimes"> = {
  "account.beginLinking": "always",
  "account.beginPasskey": "always",
  "account.beginTotp": "always",
  "account.removePasskey": "always",
  "account.removeTotp": "always",
  "account.renewRecoveryCodes": "always",
  "account.unlinkIdentity": "always",
  "alerts.removeChannel": "always",
  "alerts.saveChannel": "always",
  "approvals.decide": "sometimes",
  "cards.export": "sometimes",
  "destroy.confirm": "sometimes",
  "find.exportMany": "sometimes",
  "keys.create": "sometimes",
  "keys.export": "always",
  "operations.settle": "always",
  "settings.change": "always",
  "settings.resume-writes": "always",
  "transfer.confirm": "sometimes",
  "users.changeRole": "always",
  "users.create": "always",
  "users.createResetLink": "always",
  "users.disable": "always",
  "users.enable": "always",
  "users.endSessions": "always",
  "users.resetSecondFactor": "always",
};

/** Writes about users and settings that nobody is asked for a proof before. */
export const withoutProof: readonly string[] = [
  // The emergency brake.
  "settings.pause-writes",
];

/** By file (without its ending) and export. */
export const actions: Record<string, Record<string, Demand>> = {
  "app/(auth)/login/actions": {
    askPasskeyAction: "public",
    beginSingleSignOnAction: "public",
    demoSignInAction: "public",
    passkeySignInAction: "public",
    signInAction: "public",
  },
  "app/(auth)/setup/actions": {
    inspectLinkAction: "public",
    redeemByProviderAction: "public",
    redeemLinkAction: "public",
  },
  "app/(console)/_customer/actions": { addNoteAction: "support", deleteNoteAction: "support" },
  "app/(console)/_follow-ups/actions": {
    finishFollowUpAction: "support",
    handOverFollowUpAction: "support",
    openFollowUpAction: "support",
  },
  "app/(console)/_request-approval/actions": { requestApprovalAction: "operator" },
  "app/(console)/account/actions": {
    changeOwnPasswordAction: "support",
    endOwnSessionsAction: "support",
    proveIdentityAction: "support",
    signOutAction: "support",
  },
  "app/(console)/account/second-factor/actions": {
    addPasskeyAction: "support",
    beginPasskeyAction: "support",
    beginTotpAction: "support",
    confirmTotpAction: "support",
    removePasskeyAction: "support",
    removeTotpAction: "support",
    renewRecoveryCodesAction: "support",
  },
  "app/(console)/account/single-sign-on/actions": {
    beginLinkingAction: "support",
    beginProvingAction: "support",
    unlinkIdentityAction: "support",
  },
  "app/(console)/approvals/actions": { decideApprovalAction: "admin" },
  "app/(console)/audit/actions": { verifyAuditAction: "admin" },
  "app/(console)/billing/actions": { refreshBillingAction: "support" },
  "app/(console)/cards/actions": {
    addTagAction: "support",
    removeTagAction: "support",
    deleteViewAction: "support",
    lookUpCardAction: "support",
    requestSyncAction: "support",
    rereadCardAction: "support",
    revealCardAction: "support",
    saveViewAction: "support",
    setDefaultViewAction: "support",
  },
  "app/(console)/fault-lab/actions": {
    addFaultAction: "admin",
    removeFaultsAction: "admin",
    runScenarioAction: "admin",
    setConsumerAction: "admin",
    setLatencyAction: "admin",
  },
  "app/(console)/keys/actions": {
    cancel: "operator",
    create: "operator",
    pause: "operator",
    resume: "operator",
    reveal: "operator",
  },
  "app/(console)/operations/actions": {
    confirmDestroyAction: "operator",
    confirmTransferAction: "operator",
    describeDraftsAction: "operator",
    previewDestroyAction: "operator",
    previewTransferAction: "operator",
    reconcileNow: "admin",
    settle: "admin",
  },
  "app/(console)/settings/actions": {
    changeSettingAction: "admin",
    pauseWritesAction: "admin",
    resumeWritesAction: "admin",
  },
  "app/(console)/settings/alerts/actions": {
    removeChannelAction: "admin",
    saveChannelAction: "admin",
    testChannelAction: "admin",
  },
  "app/(console)/users/actions": {
    changeRoleAction: "admin",
    createResetLinkAction: "admin",
    createUserAction: "admin",
    disableUserAction: "admin",
    enableUserAction: "admin",
    endSessionsAction: "admin",
    resetSecondFactorAction: "admin",
  },
  "lib/web/preferences/actions": { setLocale: "public", setTheme: "public" },
};
