import { useRouter } from "next/navigation";
import { useCallback } from "react";

/** Read what the server rendered of this page again. Not without a network: Next would load the page anew, and lose it. */
export function useRefresh(): () => void {
  const router = useRouter();
  return useCallback(() => {
    if (navigator.onLine) router.refresh();
  }, [router]);
}
