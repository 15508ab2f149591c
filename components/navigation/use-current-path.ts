import { usePathname } from "next/navigation";
import { useComingPath } from "./navigation-context";

/** The path the menu marks: from the click on that of the page that is on its way. */
export function useCurrentPath(): string {
  const here = usePathname();
  return useComingPath() ?? here;
}
