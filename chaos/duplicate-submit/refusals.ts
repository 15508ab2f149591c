import { randomUUID } from "node:crypto";
import { Visitor } from "../client/client.ts";
import { confirmation, outcomeOf, type Stage } from "./submit-harness.ts";

/** A way to confirm that must lead to no call, and what it must be answered. */
export type Refusal = { name: string; expected: string; attempt: (stage: Stage) => Promise<string> };

export const refusals: readonly Refusal[] = [
  {
    name: "an id nobody gave out",
    expected: "not_found",
    attempt: async (stage) => outcomeOf(await stage.confirm("Transfer", randomUUID())),
  },
  {
    name: "another user's id",
    expected: "not_found",
    attempt: async (stage) => {
      const { operationId } = await stage.draft("Transfer");
      return outcomeOf(await stage.confirm("Transfer", operationId, stage.crew.admin));
    },
  },
  {
    name: "a transfer's id where cards are destroyed",
    expected: "not_found",
    attempt: async (stage) => outcomeOf(await stage.confirm("Destroy", (await stage.draft("Transfer")).operationId)),
  },
  {
    name: "a destroy's id where quota is moved",
    expected: "not_found",
    attempt: async (stage) => outcomeOf(await stage.confirm("Transfer", (await stage.draft("Destroy")).operationId)),
  },
  {
    name: "an expired id",
    expected: "expired",
    attempt: async (stage) => {
      const { operationId } = await stage.draft("Transfer");
      const past = "update operation set expires_at = now() - interval '1 second' where id = $1";
      await stage.crew.peek.rows(past, [operationId]);
      return outcomeOf(await stage.confirm("Transfer", operationId));
    },
  },
  {
    name: "an amount beside the id",
    expected: "bad_input",
    attempt: async (stage) => {
      const { operationId } = await stage.draft("Transfer");
      return outcomeOf(
        await stage.crew.operator.act(stage.url, "operations.confirmTransferAction", { operationId, amount: 500 }),
      );
    },
  },
  {
    name: "no session",
    expected: "not_signed_in",
    attempt: async (stage) => {
      const { operationId } = await stage.draft("Transfer");
      const nobody = new Visitor(stage.crew.operator.door, "");
      return outcomeOf(await stage.confirm("Transfer", operationId, nobody));
    },
  },
  {
    name: "another site's page",
    expected: "refused by the framework",
    attempt: async (stage) => {
      const { operationId } = await stage.draft("Transfer");
      const input = confirmation("Transfer", operationId);
      const answer = await stage.crew.operator
        .from("https://elsewhere.example")
        .act(stage.url, "operations.confirmTransferAction", input);
      return answer.kind === "broken" ? "refused by the framework" : outcomeOf(answer);
    },
  },
  {
    name: "an operator who has become support since",
    expected: "forbidden",
    attempt: async (stage) => {
      const { operationId } = await stage.draft("Transfer");
      await setRole(stage, "support");
      try {
        return outcomeOf(await stage.confirm("Transfer", operationId));
      } finally {
        await setRole(stage, "operator");
      }
    },
  },
  {
    name: "a balance that changed since",
    expected: "not_sent",
    attempt: async (stage) => {
      const { operationId, cardId } = await stage.draft("Transfer");
      const { sandbox } = stage.crew.upstreams;
      const card = sandbox.state.cards.get(cardId);
      if (card) sandbox.crowd.consume(card, 1);
      return outcomeOf(await stage.confirm("Transfer", operationId));
    },
  },
  {
    name: "a card that was topped up since",
    expected: "not_sent",
    attempt: async (stage) => {
      const { operationId, cardId } = await stage.draft("Destroy");
      const { sandbox } = stage.crew.upstreams;
      const card = sandbox.state.cards.get(cardId);
      if (card) sandbox.crowd.topUp(card, 10);
      return outcomeOf(await stage.confirm("Destroy", operationId));
    },
  },
];

async function setRole({ crew, url }: Stage, role: string): Promise<void> {
  const rows = await crew.peek.rows<{ id: string }>(`select id from "user" where username = 'operator'`);
  const answer = await crew.admin.act(url, "users.changeRoleAction", { userId: rows?.[0]?.id, role });
  if (answer.kind !== "ok") throw new Error(`could not make the operator ${role}: ${JSON.stringify(answer)}`);
}
