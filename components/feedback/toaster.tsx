import { useEffect } from "react";
import { Toaster as Sonner } from "sonner";
import { keepFocus } from "./keep-focus";

/** Loaded after the page, and with it what keeps the focus: before somebody does something nothing is taken away. */
export function Toaster() {
  useEffect(keepFocus, []);
  return (
    <Sonner
      position="bottom-center"
      visibleToasts={3}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "flex w-full items-center gap-2 rounded-lg bg-raised px-3 py-2.5 text-base text-text shadow-float",
          description: "text-soft text-sm",
          actionButton: "ms-auto font-medium text-accent whitespace-nowrap",
          success: "[&_[data-icon]]:text-done",
          error: "[&_[data-icon]]:text-danger",
        },
      }}
    />
  );
}
