import clsx from "clsx";

/** A grey bar in place of text that is loading. Give it the size of the text. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx("block h-3 animate-shimmer rounded-sm bg-line", className)} />;
}
