import clsx from "clsx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const variants: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent border-transparent hover:bg-accent-strong",
  secondary: "bg-surface text-text border-control/60 hover:border-control hover:bg-hover",
  ghost: "bg-transparent text-soft border-transparent hover:bg-hover hover:text-text",
  danger: "bg-danger text-on-danger border-transparent hover:bg-danger-strong",
};

const sizes: Record<ButtonSize, string> = {
  sm: "h-7 px-2 text-sm gap-1",
  md: "h-8 px-3 gap-1.5",
  lg: "h-10 px-4 gap-2",
};

const iconSizes: Record<ButtonSize, string> = { sm: "size-7", md: "size-8", lg: "size-10" };

/** The look of buttons, icon buttons and links that look like buttons. */
export function buttonClass(options: {
  variant?: ButtonVariant;
  size?: ButtonSize;
  iconOnly?: boolean;
  className?: string | undefined;
}): string {
  const { variant = "secondary", size = "md", iconOnly = false, className } = options;
  return clsx(
    "inline-flex shrink-0 select-none items-center justify-center rounded-md border font-medium whitespace-nowrap",
    "transition-colors disabled:cursor-not-allowed disabled:opacity-50",
    "aria-disabled:cursor-not-allowed aria-disabled:opacity-50",
    variants[variant],
    iconOnly ? iconSizes[size] : sizes[size],
    className,
  );
}
