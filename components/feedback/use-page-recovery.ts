import { useEffect, useState } from "react";
import { type PageFault, recoverPage } from "./recover-page";

/** Lets a page that failed to render recover by itself; what stays wrong, or null while that is not known. */
export function usePageRecovery(error: unknown, retry: () => void): PageFault | null {
  const [fault, setFault] = useState<PageFault | null>(null);
  useEffect(() => {
    let left = false;
    const unlessLeft = (act: () => void) => () => {
      if (!left) act();
    };
    void recoverPage({
      error,
      askHealth: () => fetch("/api/health", { cache: "no-store" }),
      reload: unlessLeft(() => window.location.reload()),
      retry: unlessLeft(retry),
      now: performance.now(),
    }).then((found) => unlessLeft(() => setFault(found))());
    return () => {
      left = true;
    };
  }, [error, retry]);
  return fault;
}
