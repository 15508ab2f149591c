import clsx from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";
import { Icon, type IconName } from "../icon";

type Props = {
  icon?: IconName;
  danger?: boolean;
  /** A choice, with a tick if true. One of the list, unless `several`. */
  checked?: boolean;
  several?: boolean;
  /** Why it is disabled; shown under it. */
  disabledReason?: string | undefined;
  /** Keep the menu open, for toggles. */
  keepOpen?: boolean;
  /** The pointer or the focus is on it, and it is not disabled. */
  onIntent?: () => void;
  children: ReactNode;
} & ({ onSelect: () => void; href?: never } | { href: string; onSelect?: never });

const look =
  "flex w-full min-h-8 items-center gap-2 rounded-sm px-2 py-1 text-start outline-offset-[-2px] hover:bg-hover focus:bg-hover";

/** An item of a `Menu`. */
export function MenuItem({
  icon,
  danger,
  checked,
  several,
  disabledReason,
  keepOpen,
  onIntent,
  children,
  href,
  onSelect,
}: Props) {
  const content = (
    <>
      {checked === undefined ? icon && <Icon name={icon} /> : <Tick on={checked} />}
      <span className="min-w-0 flex-1">
        {children}
        {disabledReason && <span className="block text-faint text-xs">{disabledReason}</span>}
      </span>
    </>
  );
  if (href !== undefined) {
    return (
      <Link href={href} prefetch={false} role="menuitem" className={look}>
        {content}
      </Link>
    );
  }
  return (
    <button
      type="button"
      role={checked === undefined ? "menuitem" : several ? "menuitemcheckbox" : "menuitemradio"}
      {...(checked !== undefined && { "aria-checked": checked })}
      aria-disabled={disabledReason ? true : undefined}
      onPointerEnter={disabledReason ? undefined : onIntent}
      onFocus={disabledReason ? undefined : onIntent}
      className={clsx(look, disabledReason ? "text-faint" : danger && "text-danger")}
      onClick={(event) => {
        if (disabledReason) return;
        if (!keepOpen) event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
        onSelect?.();
      }}
    >
      {content}
    </button>
  );
}

function Tick({ on }: { on: boolean }) {
  return <Icon name="check" className={on ? "" : "invisible"} />;
}
