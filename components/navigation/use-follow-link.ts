import { type MouseEvent, useCallback } from "react";
import { followedLink } from "./followed-link";
import { useNavigate } from "./use-navigate";

/**
 * For lists of plain links: the list hears their clicks and goes to the page as `Link` does, so that no link of a
 * hundred is a component.
 */
export function useFollowLink(): (event: MouseEvent) => void {
  const navigate = useNavigate();
  return useCallback(
    (event) => {
      if (event.defaultPrevented) return;
      const href = followedLink(event.nativeEvent, window.location);
      if (href === null) return;
      event.preventDefault();
      navigate(href);
    },
    [navigate],
  );
}
