import clsx from "clsx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

/** The classes of buttons, icon buttons and links that look like buttons; what they mean stands in button.css. */
export function buttonClass(options: {
  variant?: ButtonVariant;
  size?: ButtonSize;
  iconOnly?: boolean;
  className?: string | undefined;
}): string {
  const { variant = "secondary", size = "md", iconOnly = false, className } = options;
  return clsx("button", variant, size, iconOnly && "square", className);
}
