import type { ComponentProps } from "react";
import { Icon, type IconName } from "../icon";
import { Tooltip } from "../popover/tooltip";
import { Spinner } from "../spinner";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-class";

type IconButtonProps = Omit<ComponentProps<"button">, "children"> & {
  icon: IconName;
  /** What it does: the accessible name, and the tooltip. */
  label: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  pending?: boolean;
  disabledReason?: string | undefined;
  /** A `TipGroup` around it shows the tooltip, or there is no place for one. */
  untipped?: boolean;
};

export function IconButton({
  icon,
  label,
  variant = "ghost",
  size = "md",
  pending,
  disabledReason,
  untipped = false,
  className,
  type = "button",
  ...rest
}: IconButtonProps) {
  const inert = pending || disabledReason !== undefined;
  const button = (
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
  );
  if (untipped) return button;
  return (
    <Tooltip
      text={disabledReason === undefined ? label : `${label} · ${disabledReason}`}
      silent={disabledReason === undefined}
    >
      {button}
    </Tooltip>
  );
}
