/** Decorative: say "busy" in words or with aria-busy next to it. */
export function Spinner({ size = 14 }: { size?: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
      className="shrink-0 animate-spin"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
    >
      <circle cx="8" cy="8" r="6" opacity={0.25} />
      <path d="M14 8a6 6 0 0 0-6-6" />
    </svg>
  );
}
