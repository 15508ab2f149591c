import { connection } from "next/server";
import { CardsTable } from "./cards-table";
import { readCards } from "./read-cards";

export default async function Page() {
  await connection();
  const first = await readCards("?page=1");
  return <CardsTable first={await first.json()} />;
}
