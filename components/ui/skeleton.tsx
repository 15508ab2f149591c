import clsx from "clsx";

/** A grey bar where text will be. Give it the size of what it stands for. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx("block h-3 animate-shimmer rounded-sm bg-line", className)} />;
}
