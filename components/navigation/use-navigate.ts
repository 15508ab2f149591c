import { useRouter } from "next/navigation";
import { use, useCallback } from "react";
import { NavigationContext } from "./navigation-context";

/** Go to another page of the console, as a link does. False if it stays here: there is no network, and a toast says so. */
export function useNavigate(): (href: string) => boolean {
  const router = useRouter();
  const { leave } = use(NavigationContext);
  return useCallback(
    (href) => {
      const leaves = leave(href);
      if (leaves) router.push(href);
      return leaves;
    },
    [router, leave],
  );
}
