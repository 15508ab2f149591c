import type { ReactNode } from "react";

/** Says its text to screen readers when the text changes. Keep it mounted; change only what is in it. */
export function LiveRegion({ urgent = false, children }: { urgent?: boolean; children: ReactNode }) {
  return (
    <span role={urgent ? "alert" : "status"} aria-atomic="true" className="sr-only">
      {children}
    </span>
  );
}
