import type { ReactNode } from "react";
import { Icon, type IconName } from "./ui/icon";

type Props = { icon?: IconName; title: ReactNode; children?: ReactNode; actions?: ReactNode };

/** Nothing here, and that is no fault: says why and what to do next. */
export function EmptyState({ icon = "info", title, children, actions }: Props) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-4 py-12 text-center">
      <Icon name={icon} size={24} className="text-faint" />
      <p className="mt-3 font-medium">{title}</p>
      {children && <div className="mt-1 text-soft">{children}</div>}
      {actions && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
