import { and, eq, ne } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { approval, approvalUse, audit, batch, identity, oneTimeLink, totp, user } from "@/lib/db/schema";
import {
  changeRole,
  createResetLink,
  createUser,
  disableUser,
  enableUser,
  listOwnLinks,
  readOwnSecondFactor,
  redeemLink,
  resetSecondFactor,
} from "@/lib/users";
import type { ResetKind } from "@/lib/users/schemas";
import { admit } from "@/lib/users/single-sign-on/admit";
import type { ProviderClaims } from "@/lib/users/single-sign-on/read-claims";
import { noBatches, openUserFixtures, type TestUser, type UserFixtures } from "@/test/support/user-fixtures";
import { countWaiting } from "./count-waiting";
import { decideApproval } from "./decide-approval";
import { getApproval } from "./get-approval";
import { listApprovals } from "./list-approvals";
import { requestApproval } from "./request-approval";
import { listApprovalsSchema } from "./schemas";

const HOUR = 3_600;
const DAY = 24 * HOUR;
const needs = { code: "conflict", key: "reset_needs_approval" };

let fixtures: UserFixtures;
/** Three administrators of long standing: who asks, whose account it is, and who approves. */
let ann: Ctx;
let ben: TestUser;
let carl: Ctx;
beforeAll(async () => {
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());
beforeEach(async () => {
  // A day later nothing of the test before counts, and its users are nobody's approvers.
  fixtures.advance(2 * DAY);
  await fixtures.db.update(user).set({ role: "support" });
  ann = await admin();
  ben = await fixtures.addUser("admin");
  carl = await admin();
});

const admin = async (): Promise<Ctx> => actAs(await fixtures.addUser("admin"));
const actAs = ({ id, username, role }: TestUser): Ctx => ({
  ...fixtures.anonymous(),
  actor: { id, name: username, role, sessionId: null },
});
const idOf = ({ actor }: Ctx): string => actor.id ?? "";

/** A user of long standing with a confirmed app. */
async function enrolled(role: TestUser["role"] = "support"): Promise<TestUser> {
  const account = await fixtures.addUser(role);
  await addFactor(account.id);
  return account;
}
const addFactor = (userId: string) =>
  fixtures.db
    .insert(totp)
    .values({ userId, secret: Buffer.from("sealed"), confirmedAt: new Date(), createdAt: new Date() });

const link = (userId: string, ctx = ann) => createResetLink({ ctx, input: { userId } });
const takeFactor = (userId: string, ctx = ann) => resetSecondFactor({ ctx, input: { userId } });
const ask = (userId: string, { kind = "password_reset" as ResetKind, ctx = ann } = {}) =>
  requestApproval({ ctx, input: { subject: { kind, userId }, reason: "手机丢了", reference: null } });
const decide = (approvalId: string, ctx = carl, decision: "approve" | "refuse" = "approve") =>
  decideApproval({ ctx, input: { approvalId, decision, reason: "已当面核实" } });
const approved = async (userId: string, kind: ResetKind = "password_reset"): Promise<string> => {
  const { approvalId } = await ask(userId, { kind });
  await decide(approvalId);
  return approvalId;
};
const links = (userId: string) => fixtures.db.select().from(oneTimeLink).where(eq(oneTimeLink.userId, userId));
const get = (approvalId: string, ctx = ann) => getApproval({ ctx, input: { approvalId } });
const trail = async (targetId: string) =>
  (await fixtures.db.select().from(audit).where(eq(audit.targetId, targetId)).orderBy(audit.id)).map(
    (row) => row.action,
  );
const setRole = (userId: string, role: TestUser["role"], ctx = ann) =>
  changeRole({ ctx, input: { userId, role }, pauseBatches: noBatches });

describe("from the request to the reset", () => {
  test("another administrator's password: asked for, approved by a third, made once by whoever asked, and seen by its user", async () => {
    await expect(link(ben.id)).rejects.toMatchObject(needs);
    const { approvalId } = await ask(ben.id);
    // Asked for again it is the same, and the refusal names it.
    expect((await ask(ben.id)).approvalId).toBe(approvalId);
    await expect(link(ben.id)).rejects.toMatchObject({ ...needs, params: { approvalId } });
    expect(await get(approvalId, carl)).toMatchObject({
      state: "pending",
      kind: "password_reset",
      account: { id: ben.id, username: ben.username, role: "admin" },
      measure: null,
      dailyUse: null,
      hasSecondFactor: false,
      mayDecide: true,
      mayApprove: true,
    });
    await decide(approvalId);
    expect(await links(ben.id)).toEqual([]);
    expect(await get(approvalId)).toMatchObject({ state: "approved", maySend: true, left: 1 });
    expect(await countWaiting({ ctx: ann })).toEqual({ waiting: 1 });

    const made = await link(ben.id);
    expect(await get(approvalId)).toMatchObject({ state: "used", maySend: false, left: 0 });
    expect(await countWaiting({ ctx: ann })).toEqual({ waiting: 0 });
    await expect(link(ben.id)).rejects.toMatchObject(needs);
    expect(await links(ben.id)).toHaveLength(1);
    expect(await trail(approvalId)).toEqual(["approval.requested", "approval.approved", "approval.used"]);
    expect(await fixtures.lastAudit("approval.requested", approvalId)).toMatchObject({
      detail: { reset: "password_reset", userId: ben.id, username: ben.username, reason: "手机丢了" },
    });
    expect(await fixtures.lastAudit("user.reset_link_made", ben.id)).toMatchObject({
      detail: { approvalId, approvedBy: carl.actor.name },
    });

    const input = { token: made.path.split("#")[1] ?? "", password: "by whoever has the link" };
    await redeemLink({ ctx: fixtures.anonymous("203.0.113.9"), input });
    const seen = { createdBy: ann.actor.name, state: "used", usedFrom: "203.0.113.9" };
    expect(await listOwnLinks({ ctx: actAs(ben) })).toMatchObject([seen]);
    // What is used is over: the next one is asked for again.
    expect((await ask(ben.id)).approvalId).not.toBe(approvalId);
  });

  test("anybody's second factor, by the same rule; a password of who is no administrator needs none", async () => {
    const person = await enrolled();
    await link(person.id);
    await expect(takeFactor(person.id)).rejects.toMatchObject(needs);
    const approvalId = await approved(person.id, "second_factor_reset");
    expect(await get(approvalId)).toMatchObject({ kind: "second_factor_reset", hasSecondFactor: true });
    await takeFactor(person.id);
    expect(await fixtures.lastAudit("second_factor.reset", person.id)).toMatchObject({
      detail: { approvalId, approvedBy: carl.actor.name },
    });
    const own = actAs(person);
    const { lastReset } = await readOwnSecondFactor({ ctx: { ...own, actor: { ...own.actor, sessionId: "any" } } });
    expect(lastReset).toMatchObject({ by: ann.actor.name, approvedBy: carl.actor.name });
    await addFactor(person.id);
    await expect(takeFactor(person.id)).rejects.toMatchObject(needs);
  });

  test("a refusal is for this request alone, and stands", async () => {
    const { approvalId } = await ask(ben.id);
    await decide(approvalId, carl, "refuse");
    await expect(decide(approvalId)).rejects.toMatchObject({ key: "approval_decided" });
    await expect(link(ben.id)).rejects.toMatchObject(needs);
    expect(await fixtures.lastAudit("approval.refused", approvalId)).toMatchObject({
      detail: { username: ben.username },
    });
    expect((await ask(ben.id)).approvalId).not.toBe(approvalId);
  });

  test("a batch that was given the id of the account does not use it up", async () => {
    const { approvalId } = await ask(ben.id);
    const { id: createdBy } = await fixtures.addUser("operator");
    const at = { createdAt: fixtures.anonymous().now(), updatedAt: fixtures.anonymous().now() };
    const made = { keyType: 1, wanted: 1, note: "", state: "generating" as const, createdByName: "eve", createdBy };
    await fixtures.db.insert(batch).values({ id: ben.id, ...made, ...at });
    expect(await get(approvalId, carl)).toMatchObject({ state: "pending", left: 1, mayDecide: true });
    expect((await ask(ben.id)).approvalId).toBe(approvalId);
    await decide(approvalId);
    expect(await countWaiting({ ctx: ann })).toEqual({ waiting: 1 });
    await link(ben.id);
    expect(await get(approvalId)).toMatchObject({ state: "used", left: 0 });
  });

  test("it is for one kind, one account and whoever asked", async () => {
    await addFactor(ben.id);
    await approved(ben.id, "second_factor_reset");
    const other = await fixtures.addUser("admin");
    await expect(link(ben.id)).rejects.toMatchObject(needs);
    await expect(link(other.id)).rejects.toMatchObject(needs);
    await expect(takeFactor(ben.id, carl)).rejects.toMatchObject(needs);
    await takeFactor(ben.id);
  });

  test("the list names whose account it is, and everybody but an administrator sees their own requests only", async () => {
    const { approvalId } = await ask(ben.id);
    const input = listApprovalsSchema.parse({});
    const { rows } = await listApprovals({ ctx: carl, input });
    expect(rows[0]).toMatchObject({ id: approvalId, kind: "password_reset", account: { username: ben.username } });
    const operator = actAs(await fixtures.addUser("operator"));
    expect((await listApprovals({ ctx: operator, input })).rows).toEqual([]);
    await expect(get(approvalId, operator)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("exactly once", () => {
  test("20 uses at once make one link", async () => {
    const approvalId = await approved(ben.id);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => link(ben.id)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject(needs);
    expect(await links(ben.id)).toHaveLength(1);
    expect((await trail(approvalId)).filter((action) => action === "approval.used")).toHaveLength(1);
  });

  test("20 requests at once are one, and of 20 decisions at once one stands", async () => {
    const asked = await Promise.all(Array.from({ length: 20 }, () => ask(ben.id)));
    expect(new Set(asked.map(({ approvalId }) => approvalId)).size).toBe(1);
    const { approvalId } = asked[0] ?? { approvalId: "" };
    const dora = await admin();
    const decisions = Array.from({ length: 20 }, (_, i) =>
      decide(approvalId, i % 2 ? carl : dora, i % 3 ? "approve" : "refuse"),
    );
    const results = await Promise.allSettled(decisions);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("two administrators who reset each other at the same moment do not block each other", async () => {
    const other = actAs(ben);
    await decide((await ask(ben.id)).approvalId);
    await decide((await ask(idOf(ann), { ctx: other })).approvalId);
    for (let round = 0; round < 5; round++) {
      const results = await Promise.allSettled([link(ben.id), link(idOf(ann), other), setRole(idOf(carl), "admin")]);
      for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject(needs);
    }
    expect([...(await links(ben.id)), ...(await links(idOf(ann)))]).toHaveLength(2);
  });

  test("the database itself refuses a use without an approval, a second one, and its removal", async () => {
    const { approvalId } = await ask(ben.id);
    const use = () => fixtures.db.insert(approvalUse).values({ approvalId, usedAt: ann.now() });
    await expect(use()).rejects.toThrow();
    await decide(approvalId);
    await use();
    await expect(use()).rejects.toThrow();
    await expect(fixtures.db.delete(approvalUse).where(eq(approvalUse.approvalId, approvalId))).rejects.toThrow();
    await expect(link(ben.id)).rejects.toMatchObject(needs);
  });

  test("after 24 hours it can neither be decided nor used", async () => {
    const { approvalId } = await ask(ben.id);
    const used = await approved(idOf(carl)).catch(() => null);
    expect(used).toBeNull();
    fixtures.advance(DAY);
    await expect(decide(approvalId)).rejects.toMatchObject({ key: "approval_expired" });
    await approved(ben.id);
    fixtures.advance(DAY);
    await expect(link(ben.id)).rejects.toMatchObject(needs);
  });
});

describe("who approves", () => {
  test("neither whoever asked nor whose account it is, in the database itself too", async () => {
    const { approvalId } = await ask(ben.id);
    await expect(decide(approvalId, ann)).rejects.toMatchObject({ key: "approval_own" });
    for (const decision of ["approve", "refuse"] as const)
      await expect(decide(approvalId, actAs(ben), decision)).rejects.toMatchObject({ key: "approval_own_account" });
    expect(await get(approvalId, actAs(ben))).toMatchObject({ mayDecide: false, mayApprove: false });
    expect(await countWaiting({ ctx: actAs(ben) })).toEqual({ waiting: 0 });
    expect(await countWaiting({ ctx: carl })).toEqual({ waiting: 1 });
    const decided = { state: "approved" as const, decidedBy: ben.id, decidedAt: new Date() };
    await expect(fixtures.db.update(approval).set(decided).where(eq(approval.id, approvalId))).rejects.toThrow();
  });

  test("an approver who is no administrator any more, or disabled, lets nothing through", async () => {
    const dora = await admin();
    await approved(ben.id);
    await setRole(idOf(carl), "operator");
    await expect(link(ben.id)).rejects.toMatchObject(needs);
    const { approvalId } = await ask(ben.id);
    await decide(approvalId, dora);
    await disableUser({ ctx: ann, input: { userId: idOf(dora) }, pauseBatches: noBatches });
    await expect(link(ben.id)).rejects.toMatchObject({ key: "reset_no_approver" });
    expect(await get(approvalId)).toMatchObject({ state: "expired", maySend: false });
  });

  test("whoever asked must still be an administrator when it is used", async () => {
    await approved(ben.id);
    await setRole(idOf(ann), "operator", carl);
    await expect(link(ben.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(ask(ben.id)).rejects.toMatchObject({ code: "forbidden" });
    const operator = actAs(await fixtures.addUser("operator"));
    await expect(ask(ben.id, { ctx: operator })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("where there is no second one", () => {
  beforeEach(() =>
    fixtures.db
      .update(user)
      .set({ role: "support" })
      .where(eq(user.id, idOf(carl))),
  );

  test("it happens as before, and the audit says that nobody could approve", async () => {
    await addFactor(ben.id);
    await link(ben.id);
    await takeFactor(ben.id);
    for (const action of ["user.reset_link_made", "second_factor.reset"])
      expect(await fixtures.lastAudit(action, ben.id)).toMatchObject({ detail: { nobodyCouldApprove: true } });
    await expect(ask(ben.id)).rejects.toMatchObject({ key: "approval_not_needed" });
    // Of anybody else the other administrator could approve; but not by an account that was just taken from them.
    const person = await enrolled();
    await expect(takeFactor(person.id)).rejects.toMatchObject({ key: "reset_no_approver" });
    fixtures.advance(DAY + 1);
    await expect(takeFactor(person.id)).rejects.toMatchObject(needs);
  });

  test("who can't sign in is nobody to approve", async () => {
    await createUser({ ctx: ann, input: { username: `invited-${ben.username}`, role: "admin" } });
    fixtures.advance(2 * DAY);
    await link(ben.id);
    const disabled = await fixtures.addUser("admin");
    await fixtures.db
      .update(user)
      .set({ disabledAt: new Date(0) })
      .where(eq(user.id, disabled.id));
    await link(ben.id);
  });
});

describe("with single sign-on", () => {
  const issuer = "https://id.example.com/";
  const own = sharedSlot<ReturnType<typeof env>>("env");
  const without = env();
  beforeAll(() => {
    const client = { OIDC_CLIENT_ID: "id", OIDC_CLIENT_SECRET: "secret" };
    own.value = { ...without, OIDC_ISSUER: issuer, ...client };
  });
  afterAll(() => {
    own.value = without;
  });
  beforeEach(async () => {
    await fixtures.db.delete(identity);
    const others = and(ne(user.id, idOf(ann)), ne(user.id, ben.id));
    await fixtures.db.update(user).set({ role: "support" }).where(others);
  });
  /** Somebody who comes by the provider alone, as an invitation makes them. */
  async function byProvider(): Promise<TestUser> {
    const account = await fixtures.addUser("admin");
    await fixtures.db.update(user).set({ passwordHash: null }).where(eq(user.id, account.id));
    const linked = { subject: account.id, label: account.username, roleByClaim: false, createdAt: ann.now() };
    await fixtures.db.insert(identity).values({ userId: account.id, issuer, ...linked });
    return account;
  }
  const claims = (role: ProviderClaims["role"], subject: string): ProviderClaims => {
    const said = { authenticatedAt: null, hasFactor: false };
    return { issuer, subject, label: subject, names: [subject], role, ...said };
  };
  const come = (role: ProviderClaims["role"], subject: string) =>
    fixtures.db.transaction((tx) =>
      admit(tx, fixtures.anonymous(), { claims: claims(role, subject), pauseBatches: noBatches }),
    );

  test("the account of who comes by the provider alone is somebody's: its password is not given away without an approval", async () => {
    const dora = await byProvider();
    await expect(link(dora.id)).rejects.toMatchObject(needs);
    const { approvalId } = await ask(dora.id);
    await decide(approvalId, actAs(ben));
    await link(dora.id);
  });

  test("an administrator who comes by the provider alone is a second one", async () => {
    const dora = await byProvider();
    await expect(link(ben.id)).rejects.toMatchObject(needs);
    const { approvalId } = await ask(ben.id);
    await decide(approvalId, actAs(dora));
    await link(ben.id);
  });

  test("whom a claim made an administrator has not been one for longer than that", async () => {
    const eve = await come("admin", `eve-${ben.username}`);
    const ivo = await come("operator", `ivo-${ben.username}`);
    fixtures.advance(2 * DAY);
    await come("admin", `ivo-${ben.username}`);
    const { approvalId } = await ask(ben.id);
    const approver = (userId: string | null) => actAs({ id: userId ?? "", username: "by claim", role: "admin" });
    await expect(decide(approvalId, approver(ivo.userId))).rejects.toMatchObject({ key: "approver_too_new" });
    const fay = await come("admin", `fay-${ben.username}`);
    await expect(decide(approvalId, approver(fay.userId))).rejects.toMatchObject({ key: "approver_too_new" });
    await decide(approvalId, approver(eve.userId));
  });

  test("what goes over a daily limit has somebody to be asked, if that is who comes by the provider", async () => {
    await fixtures.db.update(user).set({ role: "support" }).where(eq(user.id, ben.id));
    const batch = { batchId: crypto.randomUUID(), keyType: 1 as const, wanted: 10, note: "" };
    const over = () =>
      requestApproval({ ctx: ann, input: { subject: { kind: "batch", batch }, reason: "补货", reference: null } });
    await expect(over()).rejects.toMatchObject({ key: "no_second_admin" });
    await byProvider();
    await over();
  });
});

describe("no way around", () => {
  const tooNew = { code: "forbidden", key: "approver_too_new" };
  /** Whoever made the account sets its password too, and acts as it. */
  async function puppet(ctx: Ctx): Promise<Ctx> {
    const username = `puppet-${ben.username}`;
    const { path } = await createUser({ ctx, input: { username, role: "admin" } });
    const input = { token: path.split("#")[1] ?? "", password: "held by one hand only" };
    await redeemLink({ ctx: fixtures.anonymous(), input });
    const [found] = await fixtures.db.select().from(user).where(eq(user.username, username));
    return actAs({ id: found?.id ?? "", username, role: "admin" });
  }

  test("an administrator made for it approves nothing that is asked for within a day", async () => {
    const second = await puppet(ann);
    const { approvalId } = await ask(ben.id);
    expect(await get(approvalId, second)).toMatchObject({ mayDecide: true, mayApprove: false });
    await expect(decide(approvalId, second)).rejects.toMatchObject(tooNew);
    await decide(approvalId, second, "refuse");
    fixtures.advance(DAY - 60);
    const { approvalId: later } = await ask(ben.id);
    fixtures.advance(HOUR);
    // It counts how things stood when it was asked for.
    await expect(decide(later, second)).rejects.toMatchObject(tooNew);
    await decide(later);
  });

  test("nor does one who was promoted, enabled, or given a new password for it", async () => {
    const promoted = await fixtures.addUser("operator");
    const enabled = await fixtures.addUser("admin");
    await fixtures.db
      .update(user)
      .set({ disabledAt: new Date(0) })
      .where(eq(user.id, enabled.id));
    const operator = await fixtures.addUser("operator");
    await setRole(promoted.id, "admin");
    await enableUser({ ctx: ann, input: { userId: enabled.id } });
    const { approvalId } = await ask(ben.id);
    for (const account of [promoted, enabled])
      await expect(decide(approvalId, actAs(account))).rejects.toMatchObject(tooNew);
    // Taken over while it was an operator's account, when nobody had to approve.
    const { path } = await link(operator.id);
    await redeemLink({
      ctx: fixtures.anonymous(),
      input: { token: path.split("#")[1] ?? "", password: "taken over before anybody saw" },
    });
    await fixtures.db.update(user).set({ role: "admin" }).where(eq(user.id, operator.id));
    await expect(decide(approvalId, actAs(operator))).rejects.toMatchObject(tooNew);
    // Made an approver again after the request.
    await setRole(idOf(carl), "support");
    await setRole(idOf(carl), "admin");
    await expect(decide(approvalId, carl)).rejects.toMatchObject(tooNew);
  });

  test("an administrator made for it can't ask either, so that their maker approves", async () => {
    const second = await puppet(carl);
    await expect(ask(ben.id, { ctx: second })).rejects.toMatchObject({ key: "reset_too_new_to_ask" });
    await expect(link(ben.id, second)).rejects.toMatchObject({ key: "reset_too_new_to_ask" });
    fixtures.advance(DAY + 60);
    await ask(ben.id, { ctx: second });
  });

  test("taking the role from whoever could approve leaves nobody who can, for a day", async () => {
    await setRole(idOf(carl), "operator");
    await expect(link(ben.id)).rejects.toMatchObject({ key: "reset_no_approver" });
    await expect(ask(ben.id)).rejects.toMatchObject({ key: "reset_no_approver" });
    await setRole(idOf(carl), "admin");
    await setRole(idOf(carl), "support");
    await expect(link(ben.id)).rejects.toMatchObject({ key: "reset_no_approver" });
    fixtures.advance(DAY + 1);
    await link(ben.id);
  });

  test("so does disabling them, whatever else is done to them first", async () => {
    const disable = () => disableUser({ ctx: ann, input: { userId: idOf(carl) }, pauseBatches: noBatches });
    await disable();
    await expect(link(ben.id)).rejects.toMatchObject({ key: "reset_no_approver" });
    await setRole(idOf(carl), "support");
    await expect(link(ben.id)).rejects.toMatchObject({ key: "reset_no_approver" });
    await enableUser({ ctx: ann, input: { userId: idOf(carl) } });
    await disable();
    await expect(link(ben.id)).rejects.toMatchObject({ key: "reset_no_approver" });
  });

  test("taking the role from whose account it is makes it nobody else's for a day", async () => {
    for (const role of ["operator", "support"] as const) {
      await setRole(ben.id, role);
      await expect(link(ben.id)).rejects.toMatchObject(needs);
    }
    await decide((await ask(ben.id)).approvalId);
    await link(ben.id);
    fixtures.advance(DAY + 1);
    await link(ben.id);
  });

  test("a link for an administrator who never had a password is as good as the first", async () => {
    const username = `late-${ben.username}`;
    await createUser({ ctx: ann, input: { username, role: "admin" } });
    const [found] = await fixtures.db.select().from(user).where(eq(user.username, username));
    await link(found?.id ?? "");
  });
});
