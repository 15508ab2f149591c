import clsx from "clsx";
import type { ReactNode } from "react";

type Props = {
  title?: ReactNode;
  about?: ReactNode;
  actions?: ReactNode;
  className?: string;
  flush?: boolean;
  children: ReactNode;
};

/** A part of a page on its own surface. `about`: a `Term` for the title. `flush`: without padding, for tables and lists. */
export function Panel({ title, about, actions, className, flush = false, children }: Props) {
  return (
    <section className={clsx("min-w-0 rounded-lg border border-line bg-surface", className)}>
      {title && (
        <header className="flex min-h-10 flex-wrap items-center gap-2 px-4 pt-2">
          <h2 className="font-semibold">{title}</h2>
          {about && <span className="-ms-1.5">{about}</span>}
          {actions && <div className="ms-auto flex items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={flush ? "" : clsx("px-4 pb-4", title ? "pt-1" : "pt-4")}>{children}</div>
    </section>
  );
}
