import { Skeleton } from "../ui/skeleton";

const FIELDS = ["a", "b", "c", "d"];
const LINES = ["w-1/2", "w-2/3", "w-1/3", "w-3/5", "w-2/5"];

/** A title, filters and a table, at the places where they will be. */
export function TablePageSkeleton() {
  return (
    <>
      <Title />
      <div className="mb-3 grid grid-cols-2 gap-x-3 gap-y-2 md:grid-cols-3 xl:grid-cols-[repeat(4,minmax(0,1fr))_minmax(max-content,1fr)]">
        {FIELDS.map((field) => (
          <div key={field} className="grid h-14 content-between py-1">
            <Skeleton className="w-16" />
            <Skeleton className="h-8 w-full" />
          </div>
        ))}
        <div className="flex items-end gap-2 pb-1 max-md:col-span-2">
          <Skeleton className="h-8 w-20" />
          <Skeleton className="h-8 w-16" />
        </div>
      </div>
      <div className="rounded-lg border border-line bg-surface">
        <div className="flex min-h-11 items-center border-line border-b px-3">
          <Skeleton className="w-40" />
        </div>
        <div className="h-9 border-line border-b max-sm:hidden" />
        <div aria-hidden="true" className="skeleton-rows animate-shimmer" />
      </div>
    </>
  );
}

/** A title and two panels of lines. */
export function DetailPageSkeleton() {
  return (
    <>
      <Title />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <PanelSkeleton />
        <PanelSkeleton />
      </div>
    </>
  );
}

function Title() {
  return (
    <div className="mb-3 flex h-7 items-center">
      <Skeleton className="h-5 w-36" />
    </div>
  );
}

function PanelSkeleton() {
  return (
    <div className="grid gap-4 rounded-lg border border-line bg-surface p-4">
      <Skeleton className="w-28" />
      {LINES.map((width) => (
        <Skeleton key={width} className={width} />
      ))}
    </div>
  );
}
