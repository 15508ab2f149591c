import type { ComponentProps } from "react";
import { Icon, type IconName } from "../icon";
import { Tooltip } from "../popover/tooltip";
import { Spinner } from "../spinner";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-class";

type ButtonProps = ComponentProps<"button"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: IconName;
  /** In progress: stays focusable, is announced as busy, ignores clicks. */
  pending?: boolean;
  /** Why it is disabled. It stays focusable, so that the reason can be read and heard. */
  disabledReason?: string | undefined;
};

export function Button({
  variant,
  size,
  icon,
  pending,
  disabledReason,
  className,
  children,
  type = "button",
  ...rest
}: ButtonProps) {
  const inert = pending || disabledReason !== undefined;
  const button = (
    <button
      {...rest}
      type={type}
      className={buttonClass({ variant, size, className })}
      aria-busy={pending || undefined}
      aria-disabled={inert || undefined}
      {...(inert && { onClick: (event) => event.preventDefault() })}
    >
      {pending ? <Spinner /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
  return disabledReason === undefined ? button : <Tooltip text={disabledReason}>{button}</Tooltip>;
}
