import { type RefObject, useEffect, useState } from "react";

/**
 * Whether a table is wider than its frame; null until the page can be used. Only then may the frame scroll: inside a scrolling
 * frame the header would no longer stick to the page. `shown`: whether there is a frame; a table may begin without rows.
 */
export function useOverflow(frame: RefObject<HTMLElement | null>, shown: boolean): boolean | null {
  const [overflows, setOverflows] = useState<boolean | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` says that the frame has come or gone
  useEffect(() => {
    const element = frame.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    const observer = new ResizeObserver(() => setOverflows(content.scrollWidth > element.clientWidth + 1));
    observer.observe(element);
    observer.observe(content);
    return () => observer.disconnect();
  }, [frame, shown]);
  return overflows;
}
