import { notFound } from "next/navigation";
import { pageContext } from "@/lib/web/auth/current-user";

/** Where every address that is no page leads (see next.config.ts), so that the frame stays around "not found". */
export default async function MissingPage() {
  await pageContext("support");
  notFound();
}
