import { randomUUID } from "node:crypto";
import { Client } from "../client/client.ts";
import { confirmation, outcomeOf, type SubmitHarness } from "./submit-harness.ts";

/** A way to confirm that must lead to no call, and the outcome it must have. */
export type Refusal = { name: string; expected: string; attempt: (harness: SubmitHarness) => Promise<string> };

export const refusals: readonly Refusal[] = [
  {
    name: "an unknown id",
    expected: "not_found",
    attempt: async (harness) => outcomeOf(await harness.confirm("Transfer", randomUUID())),
  },
  {
    name: "another user's id",
    expected: "not_found",
    attempt: async (harness) => {
      const { operationId } = await harness.draft("Transfer");
      return outcomeOf(await harness.confirm("Transfer", operationId, harness.context.admin));
    },
  },
  {
    name: "a transfer's id as a destroy",
    expected: "not_found",
    attempt: async (harness) =>
      outcomeOf(await harness.confirm("Destroy", (await harness.draft("Transfer")).operationId)),
  },
  {
    name: "a destroy's id as a transfer",
    expected: "not_found",
    attempt: async (harness) =>
      outcomeOf(await harness.confirm("Transfer", (await harness.draft("Destroy")).operationId)),
  },
  {
    name: "an expired id",
    expected: "expired",
    attempt: async (harness) => {
      const { operationId } = await harness.draft("Transfer");
      const past = "update operation set expires_at = now() - interval '1 second' where id = $1";
      await harness.context.db.rows(past, [operationId]);
      return outcomeOf(await harness.confirm("Transfer", operationId));
    },
  },
  {
    name: "an amount beside the id",
    expected: "bad_input",
    attempt: async (harness) => {
      const { operationId } = await harness.draft("Transfer");
      return outcomeOf(
        await harness.context.operator.call(harness.url, "operations.confirmTransferAction", {
          operationId,
          amount: 500,
        }),
      );
    },
  },
  {
    name: "no session",
    expected: "not_signed_in",
    attempt: async (harness) => {
      const { operationId } = await harness.draft("Transfer");
      const anonymous = new Client(harness.context.operator.manifest, "");
      return outcomeOf(await harness.confirm("Transfer", operationId, anonymous));
    },
  },
  {
    name: "a page of another site",
    expected: "refused by the framework",
    attempt: async (harness) => {
      const { operationId } = await harness.draft("Transfer");
      const input = confirmation("Transfer", operationId);
      const result = await harness.context.operator
        .withOrigin("https://elsewhere.example")
        .call(harness.url, "operations.confirmTransferAction", input);
      return result.kind === "indeterminate" ? "refused by the framework" : outcomeOf(result);
    },
  },
  {
    name: "a role reduced to support since the preview",
    expected: "forbidden",
    attempt: async (harness) => {
      const { operationId } = await harness.draft("Transfer");
      await setRole(harness, "support");
      try {
        return outcomeOf(await harness.confirm("Transfer", operationId));
      } finally {
        await setRole(harness, "operator");
      }
    },
  },
  {
    name: "a source that was topped up since the preview",
    expected: "not_sent",
    attempt: async (harness) => {
      const { operationId, cardId } = await harness.draft("Transfer");
      const { sandbox } = harness.context.upstreams;
      const card = sandbox.store.cards.get(cardId);
      if (card) sandbox.activity.topUp(card, 1);
      return outcomeOf(await harness.confirm("Transfer", operationId));
    },
  },
  {
    name: "a card that was topped up since the preview",
    expected: "not_sent",
    attempt: async (harness) => {
      const { operationId, cardId } = await harness.draft("Destroy");
      const { sandbox } = harness.context.upstreams;
      const card = sandbox.store.cards.get(cardId);
      if (card) sandbox.activity.topUp(card, 10);
      return outcomeOf(await harness.confirm("Destroy", operationId));
    },
  },
];

async function setRole({ context, url }: SubmitHarness, role: string): Promise<void> {
  const rows = await context.db.rows<{ id: string }>(`select id from "user" where username = 'operator'`);
  const result = await context.admin.call(url, "users.changeRoleAction", { userId: rows?.[0]?.id, role });
  if (result.kind !== "ok") throw new Error(`could not make the operator ${role}: ${JSON.stringify(result)}`);
}
