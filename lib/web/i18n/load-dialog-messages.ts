import type { Messages } from "next-intl";

/** The messages of the dialogs that move or destroy calls, in the page's language: a file of their own, loaded with them. */
export async function loadDialogMessages(): Promise<Partial<Messages>> {
  if (document.documentElement.lang === "en") {
    return (await import("./dialog-messages-en")).dialogMessages as Partial<Messages>;
  }
  return (await import("./dialog-messages-zh-cn")).dialogMessages;
}
