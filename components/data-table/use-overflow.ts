import { type RefObject, useEffect, useState } from "react";

/**
 * Whether a table is wider than its frame; null until the page can be used. Only then may the frame scroll: inside a scrolling
 * frame the header would no longer stick to the page.
 */
export function useOverflow(frame: RefObject<HTMLElement | null>): boolean | null {
  const [overflows, setOverflows] = useState<boolean | null>(null);
  useEffect(() => {
    const element = frame.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    const observer = new ResizeObserver(() => setOverflows(content.scrollWidth > element.clientWidth + 1));
    observer.observe(element);
    observer.observe(content);
    return () => observer.disconnect();
  }, [frame]);
  return overflows;
}
