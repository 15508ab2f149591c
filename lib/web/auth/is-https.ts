import "server-only";
import { env } from "@/lib/core/env";

/** Whether browsers come over https: then cookies are Secure and have the prefix of this host alone. */
export const isHttps = (): boolean => env().APP_URL?.startsWith("https:") ?? false;
