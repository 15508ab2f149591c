import { readActionResult } from "../chaos/client/flight-response.ts";
import type { ActionManifest } from "../test/support/action-manifest.ts";
import type { HttpClient } from "../test/support/http-client.ts";

export type Transfer = { preview: () => Promise<string>; confirm: (operationId: string) => Promise<void> };
type Preview = { data?: { draft: { operationId: string } | null } };

/** One call at a time from a card that has many to another, as an operator's dialog does it; once so many cards are mirrored. */
export async function openTransfer(
  client: HttpClient,
  { manifest, cards }: { manifest: ActionManifest; cards: number },
): Promise<Transfer> {
  const act = async (name: string, input: object): Promise<unknown> => {
    const { path, id } = manifest(name);
    const headers = { "next-action": id, accept: "text/x-component", "content-type": "text/plain;charset=UTF-8" };
    const { status, text } = await client.post(path, JSON.stringify([input]), headers);
    if (status !== 200 || !text.includes('"ok":true')) throw new Error(`${name}: HTTP ${status} ${text.slice(0, 200)}`);
    return readActionResult(text);
  };
  const [sourceId, targetId] = await twoCards(client, cards);
  return {
    preview: async () => {
      const input = { sourceId, targetId, amount: 1 };
      const { data } = (await act("operations.previewTransferAction", input)) as Preview;
      if (!data?.draft) throw new Error(`no transfer is possible: ${JSON.stringify(data).slice(0, 300)}`);
      return data.draft.operationId;
    },
    confirm: async (operationId) => void (await act("operations.confirmTransferAction", { operationId })),
  };
}

type Row = { id: string; type: string; balance: unknown; maskedPhone: string | null };

/** Two redeemed, paid cards with more calls than are moved here. */
async function twoCards(client: HttpClient, cards: number): Promise<[string, string]> {
  const query = { filter: {}, sort: { id: "created", desc: true }, page: 1, size: 100 };
  for (let tries = 0; tries < 600; tries++) {
    const { text } = await client.post("/api/cards/list", JSON.stringify(query), {
      "content-type": "application/json",
    });
    const { total, rows } = JSON.parse(text) as { total: number; rows: Row[] };
    const [source, target] = rows.filter(
      ({ type, balance, maskedPhone }) => type !== "0" && Number(balance) > 200 && maskedPhone !== null,
    );
    if (total >= cards && source && target) return [source.id, target.id];
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the mirror has no two cards for a transfer, or not ${cards}`);
}
