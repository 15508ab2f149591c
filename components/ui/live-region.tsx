import type { ReactNode } from "react";

/** Says its text to screen readers when the text changes. Keep it mounted; change only what is in it. */
export function LiveRegion({ children }: { children: ReactNode }) {
  return (
    <span role="status" aria-atomic="true" className="sr-only">
      {children}
    </span>
  );
}
