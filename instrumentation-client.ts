import { watchEarlyInput } from "@/components/early-input/early-input";
import { loadCommonMessages } from "@/lib/web/i18n/load-common-messages";

// Next runs this before it hydrates a page.
watchEarlyInput();

/** Read when the frame asks for them, so that nothing waits. */
const href = document.querySelector('link[rel="preload"][as="fetch"]')?.getAttribute("href");
// Who shows them asks again, and says what is wrong.
if (href) loadCommonMessages(document.documentElement.lang, href).catch(() => undefined);
