import type { ReactNode } from "react";

type Props = {
  /** A `BackLink`, on a page that belongs to a list. */
  back?: ReactNode;
  title: ReactNode;
  /** A `Term` for the title. */
  about?: ReactNode;
  /** One quiet line, such as the age of the data. */
  note?: ReactNode;
  actions?: ReactNode;
};

/** Top of a page: title, note, actions. */
export function PageHeader({ back, title, about, note, actions }: Props) {
  return (
    <header className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 [&>.term]:-ms-3">
      {back}
      <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">{title}</h1>
      {about}
      {note && <div className="text-faint text-sm">{note}</div>}
      {actions && <div className="ms-auto flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
