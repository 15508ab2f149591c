import "server-only";
import { getRequestConfig } from "next-intl/server";
import { env } from "@/lib/core/env";
import { readPreferences } from "../preferences/read-preferences";
import { messagesOf } from "./messages";

export default getRequestConfig(async () => {
  const { locale } = await readPreferences();
  return { locale, messages: messagesOf(locale), timeZone: env().TZ_DISPLAY };
});
