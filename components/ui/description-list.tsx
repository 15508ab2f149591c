import clsx from "clsx";
import type { ReactNode } from "react";

/** `about`: a `Term` for the label. */
export type Description = { label: string; about?: ReactNode; value: ReactNode };

/** Fields of one thing: label beside value, below each other on a phone. */
export function DescriptionList({ items, columns = 1 }: { items: readonly Description[]; columns?: 1 | 2 }) {
  return (
    <dl className={clsx("@container grid gap-x-8", columns === 2 && "lg:grid-cols-2")}>
      {items.map((item) => (
        <div key={item.label} className="flex min-w-0 gap-3 border-line border-b py-1.5">
          {/* Beside another column the place is tight: a date and a phone with its buttons stay whole. */}
          <dt
            className={clsx("w-24 shrink-0 text-faint text-sm sm:w-32", columns === 1 && "lg:max-xl:@max-[20rem]:w-20")}
          >
            {item.label}
            {item.about}
          </dt>
          <dd className="min-w-0 flex-1 [overflow-wrap:anywhere]">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
