import type { ComponentProps } from "react";
import { Icon, type IconName } from "../icon";
import { Tooltip } from "../popover/tooltip";
import { Spinner } from "../spinner";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-class";

export type IconButtonProps = Omit<ComponentProps<"button">, "children"> & {
  icon: IconName;
  /** What it does: the accessible name, and the tooltip. */
  label: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  pending?: boolean;
  blocked?: string | undefined;
};

export function IconButton({
  icon,
  label,
  variant = "ghost",
  size = "md",
  pending,
  blocked,
  className,
  type = "button",
  ...rest
}: IconButtonProps) {
  const inert = pending || blocked !== undefined;
  return (
    <Tooltip text={blocked === undefined ? label : `${label} · ${blocked}`} silent={blocked === undefined}>
      <button
        {...rest}
        type={type}
        aria-label={label}
        className={buttonClass({ variant, size, iconOnly: true, className })}
        aria-busy={pending || undefined}
        aria-disabled={inert || undefined}
        {...(inert && { onClick: (event) => event.preventDefault() })}
      >
        {pending ? <Spinner /> : <Icon name={icon} />}
      </button>
    </Tooltip>
  );
}
