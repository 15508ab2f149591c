/** One page of cards from the server of the floor's data. */
export async function readCards(search: string): Promise<Response> {
  return fetch(`${process.env.FLOOR_CARDS}/cards${search}`, { cache: "no-store" });
}
