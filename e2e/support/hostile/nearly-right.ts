import { MARK, NO_CARD, NO_UUID } from "./hostile-values";

/**
 * What an endpoint takes: `fields` are spoilt at random, `pinned` always stay. The pinned ones name something that does
 * not exist, or are no valid value, so that no request changes anything, whatever becomes of the others.
 */
type NearlyRight = { fields: Record<string, unknown>; pinned: Record<string, unknown> };

const day = "2026-01-01";
const paging = { page: 1, size: 50 };
const cards = { filter: { name: MARK, types: "a", balanceMin: 1, redeemed: true, gone: "only", createdFrom: day } };
const sort = { id: "created", desc: true };
const none: NearlyRight = { fields: {}, pinned: { hostile: 1 } };
const batch: NearlyRight = { fields: {}, pinned: { batchId: NO_UUID } };
const operation: NearlyRight = { fields: {}, pinned: { operationId: NO_UUID } };
const approval: NearlyRight = { fields: {}, pinned: { approvalId: NO_UUID } };
const followUp: NearlyRight = { fields: {}, pinned: { followUpId: NO_UUID } };
const user: NearlyRight = { fields: {}, pinned: { userId: NO_UUID } };
const noProof = { kind: "recovery_code", code: MARK };
const words = { note: MARK, reference: MARK };
const read = (fields: Record<string, unknown>): NearlyRight => ({ fields, pinned: {} });

/** By route ("POST /api/…") and by action ("folder.export"). */
const SHAPES: Record<string, NearlyRight> = {
  "POST /api/account/passkey": none,
  "POST /api/account/sessions": none,
  "POST /api/approvals/get": approval,
  "POST /api/approvals/list": read({ state: "pending", ...paging }),
  "POST /api/approvals/waiting": none,
  "POST /api/audit/export": {
    fields: { actor: MARK, action: "user.created", target: MARK, from: day },
    pinned: none.pinned,
  },
  "POST /api/audit/list": read({
    actor: MARK,
    action: "user.created",
    target: MARK,
    card: NO_CARD,
    ip: MARK,
    outcome: "ok",
    from: day,
    to: day,
    ...paging,
  }),
  "POST /api/batches/chunks": { fields: paging, pinned: batch.pinned },
  "POST /api/batches/get": batch,
  "POST /api/batches/list": read({
    types: [1],
    states: ["done"],
    creator: MARK,
    note: MARK,
    from: day,
    to: day,
    ...paging,
  }),
  "POST /api/billing/read": none,
  "POST /api/cards/export": { fields: { format: "csv", sort }, pinned: { scope: { kind: MARK, ...cards } } },
  "POST /api/cards/facets": none,
  "POST /api/cards/find": read({ text: MARK }),
  "POST /api/cards/get": read({ id: NO_CARD }),
  "POST /api/cards/daily-use": read({ cardIds: [NO_CARD], days: 30 }),
  "POST /api/cards/ids": read(cards),
  "POST /api/cards/known-tags": none,
  "POST /api/cards/summary": read(cards),
  "POST /api/cards/tags": read({ ids: [NO_CARD] }),
  "POST /api/cards/use": read({ ids: [NO_CARD] }),
  "POST /api/cards/views": none,
  "POST /api/cards/list": read({ ...cards, sort, ...paging }),
  "POST /api/cards/sync": none,
  "POST /api/customers/get": read({ userId: NO_CARD }),
  "POST /api/fault-lab/read": none,
  "POST /api/find": read({ text: MARK }),
  "POST /api/find/many": read({ text: MARK, from: 0 }),
  "POST /api/find/many/export": { fields: { text: MARK, from: 0 }, pinned: { format: MARK } },
  "POST /api/follow-ups/due": none,
  "POST /api/follow-ups/list": read({ whose: "mine", state: "open", cardIds: [NO_CARD], ...paging }),
  "POST /api/health/read": none,
  "POST /api/incident": none,
  "POST /api/keys/export": { fields: { format: "csv", purpose: "copy", status: "used" }, pinned: batch.pinned },
  "POST /api/keys/list": { fields: { flagged: true, status: "unseen", ...paging }, pinned: batch.pinned },
  "POST /api/operations/get": operation,
  "POST /api/session": { fields: { username: MARK, callbackUrl: "/cards" }, pinned: { password: MARK } },
  "POST /api/session/passkey": none,
  "POST /api/session/second-factor": { fields: { callbackUrl: "/cards" }, pinned: { proof: noProof } },
  "POST /api/operations/list": read({
    kinds: ["transfer"],
    states: ["draft"],
    actor: MARK,
    cardId: NO_CARD,
    batchId: NO_UUID,
    text: MARK,
    from: day,
    to: day,
    ...paging,
  }),
  "POST /api/operations/unknown": none,
  "POST /api/overview/read": none,
  "POST /api/timeline/read": read({
    cardIds: [NO_CARD],
    sources: ["operations"],
    before: { source: "operations", at: "2026-09-21T06:00:00.000000Z", id: NO_UUID },
    limit: 10,
  }),
  "POST /api/upstreams": none,
  "POST /api/users/list": none,
  "POST /api/users/names": none,
  "POST /api/users/sessions": user,
  "login.askPasskeyAction": none,
  "login.beginSingleSignOnAction": read({ callbackUrl: "/cards" }),
  "login.demoSignInAction": { fields: { callbackUrl: "/cards" }, pinned: { role: MARK } },
  "login.passkeySignInAction": { fields: { callbackUrl: "/cards" }, pinned: { answer: { id: MARK } } },
  "login.signInAction": { fields: { username: MARK, callbackUrl: "/cards" }, pinned: { password: MARK } },
  "setup.inspectLinkAction": read({ token: MARK.padEnd(40, "x") }),
  "setup.redeemByProviderAction": read({ token: MARK.padEnd(40, "x") }),
  "setup.redeemLinkAction": { fields: { token: MARK.padEnd(40, "x"), username: MARK, password: MARK }, pinned: {} },
  "_customer.addNoteAction": { fields: { text: MARK }, pinned: { about: { cardId: NO_CARD } } },
  "_customer.deleteNoteAction": { fields: {}, pinned: { noteId: NO_UUID } },
  "_follow-ups.finishFollowUpAction": followUp,
  "_follow-ups.handOverFollowUpAction": { fields: { to: NO_UUID }, pinned: followUp.pinned },
  "_follow-ups.openFollowUpAction": {
    fields: { dueInMinutes: 60, operationId: NO_UUID, assignTo: NO_UUID, text: MARK },
    pinned: { cardId: NO_CARD },
  },
  "_request-approval.requestApprovalAction": {
    fields: { reason: MARK, reference: MARK },
    pinned: { subject: { kind: "operation", operationIds: [NO_UUID] } },
  },
  "approvals.decideApprovalAction": { fields: { decision: "refuse", reason: MARK }, pinned: approval.pinned },
  "account.changeOwnPasswordAction": { fields: { current: MARK }, pinned: { password: "short" } },
  "account.endOwnSessionsAction": { fields: {}, pinned: { sessionId: NO_UUID } },
  "account.proveIdentityAction": { fields: { by: "password" }, pinned: { password: "" } },
  "account.signOutAction": none,
  "second-factor.addPasskeyAction": { fields: { name: MARK }, pinned: { answer: { id: MARK } } },
  "second-factor.beginPasskeyAction": none,
  "second-factor.beginTotpAction": none,
  "second-factor.confirmTotpAction": { fields: {}, pinned: { code: MARK } },
  "second-factor.removePasskeyAction": { fields: {}, pinned: { passkeyId: NO_UUID } },
  "second-factor.removeTotpAction": none,
  "second-factor.renewRecoveryCodesAction": none,
  "single-sign-on.beginLinkingAction": none,
  "single-sign-on.beginProvingAction": none,
  "single-sign-on.unlinkIdentityAction": none,
  "audit.verifyAuditAction": none,
  "billing.refreshBillingAction": none,
  "cards.lookUpCardAction": { fields: { code: MARK }, pinned: { phone: "12" } },
  "cards.requestSyncAction": none,
  "cards.rereadCardAction": read({ id: NO_CARD }),
  "cards.deleteViewAction": { fields: {}, pinned: { viewId: NO_UUID } },
  "cards.saveViewAction": { fields: { name: MARK, shared: false, sort }, pinned: { filter: { phone: "12" } } },
  "cards.setDefaultViewAction": { fields: {}, pinned: { viewId: NO_UUID } },
  "cards.addTagAction": { fields: { tag: "标签" }, pinned: { cardId: NO_CARD } },
  "cards.removeTagAction": { fields: { tag: "标签" }, pinned: { cardId: NO_CARD } },
  "cards.revealCardAction": read({ id: NO_CARD, field: "phone" }),
  "fault-lab.addFaultAction": {
    fields: { upstream: "espai", effect: "never", lateMs: 1, count: 1 },
    pinned: { fault: "No such!" },
  },
  "fault-lab.removeFaultsAction": { fields: {}, pinned: { id: MARK } },
  "fault-lab.runScenarioAction": { fields: {}, pinned: { scenario: MARK } },
  "fault-lab.setConsumerAction": { fields: {}, pinned: { perSecond: -1 } },
  "fault-lab.setLatencyAction": { fields: { upstream: "espai" }, pinned: { ms: -1 } },
  "keys.cancel": batch,
  "keys.create": { fields: { batchId: NO_UUID, keyType: 1, note: MARK }, pinned: { wanted: 0 } },
  "keys.pause": batch,
  "keys.resume": batch,
  "keys.reveal": { fields: { purpose: "show" }, pinned: { keyId: NO_UUID } },
  "operations.confirmDestroyAction": { fields: { typed: MARK }, pinned: { operationIds: [NO_UUID] } },
  "operations.confirmTransferAction": { fields: { typed: MARK }, pinned: operation.pinned },
  "operations.describeDraftsAction": { fields: words, pinned: { operationIds: [NO_UUID] } },
  "operations.previewDestroyAction": {
    fields: { retryOf: NO_UUID, mergeOf: NO_UUID, ...words },
    pinned: { cardIds: [NO_CARD] },
  },
  "operations.previewTransferAction": {
    fields: { targetId: NO_CARD, amount: 1, retryOf: NO_UUID, reverses: NO_UUID, ...words },
    pinned: { sourceId: NO_CARD },
  },
  "operations.reconcileNow": operation,
  "operations.settle": { fields: { as: "applied", reason: MARK }, pinned: operation.pinned },
  "alerts.removeChannelAction": { fields: {}, pinned: { channelId: NO_UUID } },
  "alerts.saveChannelAction": {
    fields: { channelId: NO_UUID, name: MARK, on: true },
    pinned: { config: { hostile: 1 } },
  },
  "alerts.testChannelAction": { fields: {}, pinned: { channelId: NO_UUID } },
  "settings.changeSettingAction": { fields: { key: "billing_low" }, pinned: { value: { hostile: 1 } } },
  "settings.pauseWritesAction": { fields: {}, pinned: { reason: "" } },
  "settings.resumeWritesAction": { fields: {}, pinned: { reason: "" } },
  "users.changeRoleAction": { fields: { role: "support" }, pinned: user.pinned },
  "users.createResetLinkAction": user,
  "users.createUserAction": { fields: { username: MARK }, pinned: { role: MARK } },
  "users.disableUserAction": user,
  "users.enableUserAction": user,
  "users.resetSecondFactorAction": user,
  "users.endSessionsAction": { fields: { sessionId: NO_UUID }, pinned: user.pinned },
  "preferences.setLocale": none,
  "preferences.setTheme": none,
};

/** Every endpoint that has a shape here. */
export const shapedEndpoints: readonly string[] = Object.keys(SHAPES);

/** The shape of an endpoint. Throws for one that has none here: a new endpoint is added to both tables. */
export function shapeOf(endpoint: string): NearlyRight {
  const shape = SHAPES[endpoint];
  if (!shape) throw new Error(`${endpoint} is missing in e2e/support/hostile/nearly-right.ts`);
  return shape;
}
