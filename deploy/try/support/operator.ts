import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, openSession } from "../../../chaos/client/client.ts";
import { fields } from "../../../sandbox/core/fields.ts";
import { sendRequest } from "../../../sandbox/http/send-request.ts";
import type { ActionManifest } from "../../../test/support/action-manifest.ts";

/** A signed-in administrator of a running console, who works over HTTP as the pages do. */
export type Operator = {
  /** How many cards the console's mirror shows. */
  cards: () => Promise<number>;
  /** Transfers these amounts one after the other; how many are done. */
  transfer: (pairs: readonly (readonly [source: string, target: string])[], amount: number) => Promise<number>;
  createBatch: (wanted: number) => Promise<string>;
  /** Waits for a batch's end; its state and number of keys. */
  batch: (batchId: string) => Promise<{ state: string; keys: number }>;
  /** How many operations the console has recorded. */
  operations: () => Promise<number>;
};

const EVERY_CARD = { filter: {}, sort: { id: "created", desc: true }, page: 1, size: 50 };

export type Account = { username: string; password: string };

export async function signInAt(url: string, manifest: ActionManifest, account: Account): Promise<Operator> {
  const cookie = await openSession(url, manifest, account);
  const client = new Client(manifest, cookie, { account });
  const act = async (name: string, input: unknown) => {
    const result = await client.call(url, name, input);
    if (result.kind !== "ok") throw new Error(`${name}: ${JSON.stringify(result)}`);
    return fields(result.data);
  };
  const ask = async (path: string, input: unknown) => {
    const headers = { "content-type": "application/json", origin: new URL(url).origin, cookie };
    const signal = AbortSignal.timeout(60_000);
    const reply = await sendRequest(new URL(path, url).href, { headers, body: JSON.stringify(input), signal });
    if (reply.failure !== null || reply.status !== 200)
      throw new Error(`${path}: ${JSON.stringify(reply).slice(0, 300)}`);
    return fields(JSON.parse(reply.text));
  };
  return {
    cards: async () => Number((await ask("/api/cards/list", EVERY_CARD)).total),
    transfer: async (pairs, amount) => {
      let done = 0;
      for (const [sourceId, targetId] of pairs) {
        const preview = await act("operations.previewTransferAction", { sourceId, targetId, amount });
        const { operationId } = fields(preview.draft);
        if (!operationId) throw new Error(`refused: ${JSON.stringify(preview).slice(0, 600)}`);
        const { state } = await act("operations.confirmTransferAction", { operationId });
        if (state === "done") done++;
      }
      return done;
    },
    createBatch: async (wanted) => {
      const batchId = randomUUID();
      await act("keys.create", { batchId, keyType: 1, wanted, note: "" });
      return batchId;
    },
    batch: async (batchId) => {
      for (;;) {
        const { state, usable } = await ask("/api/batches/get", { batchId });
        if (state !== "generating") return { state: String(state), keys: Number(usable) };
        await sleep(500);
      }
    },
    operations: async () => Number((await ask("/api/operations/list", {})).total),
  };
}
