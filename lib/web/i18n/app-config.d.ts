import type { Locale } from "../preferences/locale";
import type { zhCN } from "./messages-zh-cn";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof zhCN;
  }
}
