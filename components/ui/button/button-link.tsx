import Link from "next/link";
import type { ComponentProps } from "react";
import { Icon, type IconName } from "../icon";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-class";

type Props = ComponentProps<typeof Link> & { variant?: ButtonVariant; size?: ButtonSize; icon?: IconName };

/** A link that looks like a button: it navigates. */
export function ButtonLink({ variant, size, icon, className, children, ...rest }: Props) {
  return (
    <Link {...rest} className={buttonClass({ variant, size, className })}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}
