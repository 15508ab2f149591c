/** Two cards, one lent to the other. app/icon.png is a picture of it: browsers lay out and draw an icon that is an SVG anew with each address. */
export function BrandMark({ size = 24 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className="shrink-0">
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <path
        d="M6 12.5h14v11H6zM11 12.5v-4h15v11h-6M6 16.5h14"
        fill="none"
        className="stroke-on-accent"
        strokeWidth="2.2"
        strokeLinejoin="round"
      />
    </svg>
  );
}
