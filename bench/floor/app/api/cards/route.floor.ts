import { readCards } from "../../read-cards";

export async function GET(request: Request): Promise<Response> {
  const { body, status } = await readCards(new URL(request.url).search);
  return new Response(body, { status, headers: { "content-type": "application/json" } });
}
