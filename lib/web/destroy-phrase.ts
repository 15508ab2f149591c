import "server-only";
import { getTranslations } from "next-intl/server";

/** The phrase to be typed before so many cards are destroyed, in the language of the request. */
export async function destroyPhrase(): Promise<(count: number) => string> {
  const t = await getTranslations("destroy");
  return (count) => t("phrase", { count });
}
