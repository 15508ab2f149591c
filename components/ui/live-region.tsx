import type { ReactNode } from "react";

/** Announces its text to screen readers when it changes. Keep it mounted; change only the text. */
export function LiveRegion({ children }: { children: ReactNode }) {
  return (
    <span role="status" aria-atomic="true" className="sr-only">
      {children}
    </span>
  );
}
