import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";

type Props = {
  icon?: IconName;
  title: ReactNode;
  /** It is the whole page: its title is the page's heading. */
  page?: boolean;
  children?: ReactNode;
  actions?: ReactNode;
};

/** Nothing to show, and no error: says why and what to do next. */
export function EmptyState({ icon = "info", title, page, children, actions }: Props) {
  const Title = page ? "h1" : "p";
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-4 py-12 text-center">
      <Icon name={icon} size={24} className="text-faint" />
      <Title className="mt-3 font-medium">{title}</Title>
      {children && <div className="mt-1 text-soft">{children}</div>}
      {actions && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
