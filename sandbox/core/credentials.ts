import type { SignMode } from "./options.ts";

/** What callers must present. None of these is valid anywhere else. */
export type Credentials = {
  /** 32 characters, ESP-AI's open_api_key. */
  espaiKey: string;
  potatoAskKey: string;
  potatoUserToken: string;
  potatoSignSecret: string;
  talkbotKey: string;
};

export const DEFAULT_CREDENTIALS: Credentials = {
  espaiKey: "sandboxespai0key0123456789abcdef",
  potatoAskKey: "sandbox-potato-ask-key",
  potatoUserToken: "sandbox-potato-user-token",
  potatoSignSecret: "sandbox-potato-sign-secret",
  talkbotKey: "sk-sandbox-talkbot-key",
};

/** Credentials from `SANDBOX_*` variables, each with its default. */
export function readCredentials(source: Record<string, string | undefined>): Credentials {
  return {
    espaiKey: source.SANDBOX_ESPAI_KEY || DEFAULT_CREDENTIALS.espaiKey,
    potatoAskKey: source.SANDBOX_POTATO_ASK_KEY || DEFAULT_CREDENTIALS.potatoAskKey,
    potatoUserToken: source.SANDBOX_POTATO_USER_TOKEN || DEFAULT_CREDENTIALS.potatoUserToken,
    potatoSignSecret: source.SANDBOX_POTATO_SIGN_SECRET || DEFAULT_CREDENTIALS.potatoSignSecret,
    talkbotKey: source.SANDBOX_TALKBOT_KEY || DEFAULT_CREDENTIALS.talkbotKey,
  };
}

/** `SANDBOX_POTATO_SIGN`, default none. Throws on anything else. */
export function readSignMode(value: string | undefined): SignMode {
  const mode = value || "none";
  if (mode === "none" || mode === "v1" || mode === "v3") return mode;
  throw new Error("SANDBOX_POTATO_SIGN must be none, v1 or v3");
}
