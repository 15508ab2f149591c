import { expect, test } from "vitest";
import { listOperationsSchema } from "@/lib/operations/schemas";
import { loadOperationParams, operationQueryOf } from "./search-params";

const load = async (search: string) => operationQueryOf(await loadOperationParams(new URLSearchParams(search)));

test("a link names a card by its whole id alone: a phone or a code in its place is dropped", async () => {
  const id = "0123456789ABCDEF0123456789abcdef";
  expect((await load(`card=${id}`)).cardId).toBe(id);
  for (const card of ["13912345678", "wNaa1GDw", id.slice(1), `${id}0`])
    expect((await load(`card=${card}`)).cardId).toBe("");
});

test("whatever stands in the address is a query that the list takes", async () => {
  for (const search of ["", "card=x&actor=lin&kinds=transfer,none&from=2026-02-30&page=0", "states=done,applied"])
    expect(listOperationsSchema.safeParse(await load(search)).success, search).toBe(true);
});
