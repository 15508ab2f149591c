import { loadWhenOnline } from "@/components/load-when-online";

/** Whoever shows toasts listens for this on the document; one that comes later shows those of before. */
export const TOAST_COMES = "cardesk:toast";

type Options = { description?: string; action?: { label: string; onClick: () => void } };

/**
 * A toast, for something that worked or needs no decision. What must not be missed (unknown outcomes,
 * failed writes) belongs on the page, not here.
 */
export async function showToast(kind: "done" | "info" | "danger", message: string, options: Options = {}) {
  document.dispatchEvent(new Event(TOAST_COMES));
  const { toast } = await loadWhenOnline(() => import("sonner"));
  const show = { done: toast.success, info: toast, danger: toast.error }[kind];
  show(message, options);
}
