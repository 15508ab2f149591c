/** 16 × 16 icons drawn for this console. Stroke paths only, so that one component draws them all. */
const paths = {
  "arrow-left": "M13 8H3M7 4 3 8l4 4",
  "arrow-right": "M3 8h10M9 4l4 4-4 4",
  audit: "M4 2h6l3 3v9H4zM10 2v3h3M6.5 8h4M6.5 11h4",
  billing: "M2 4h12v9H2zM2 7h12M5 10.500h2",
  calendar: "M2 3.500h12v10H2zM2 6.500h12M5 2v3M11 2v3",
  cards: "M2 5.500h9v8H2zM5 5.500v-3h9v8h-3M2 8.500h9",
  check: "M3 8.5 6.5 12 13 4.5",
  "chevron-down": "m4 6 4 4 4-4",
  "chevron-left": "m10 4-4 4 4 4",
  "chevron-right": "m6 4 4 4-4 4",
  "chevron-up": "m4 10 4-4 4 4",
  "chevrons-left": "m8 4-4 4 4 4m5-8-4 4 4 4",
  "chevrons-right": "m8 4 4 4-4 4M3 4l4 4-4 4",
  clock: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5v3.500l2.5 1.5",
  close: "m4 4 8 8m0-8-8 8",
  columns: "M2 3h12v10H2zM6 3v10M10 3v10",
  copy: "M5.5 5.500h8v8h-8zM10.5 5.500v-3h-8v8h3",
  danger: "M5.5 2h5L14 5.500v5L10.5 14h-5L2 10.500v-5zM8 5v3.500M8 11v.1",
  destroy: "M3 4.500h10M6 4.500v-2h4v2M4.5 4.500l.5 9h6l.5-9M7 7v4M9 7v4",
  density: "M2 4h12M2 8h12M2 12h12",
  download: "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.500h11",
  edit: "M3 13v-2.500L10.5 3 13 5.5 5.5 13zM9 4.5 11.5 7",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  "eye-off":
    "M6 3.900A6 6 0 0 1 8 3.500c4 0 6.5 4.5 6.5 4.500a12 12 0 0 1-2 2.500M4 5a12 12 0 0 0-2.5 3S4 12.5 8 12.500a6 6 0 0 0 3-.8M2 2l12 12",
  globe: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM2 8h12M8 2c4 4 4 8 0 12M8 2C4 6 4 10 8 14",
  health: "M1.5 8h3l2-4.5 3 9 2-4.500h3",
  info: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.500V11M8 5v.1",
  key: "M5 7.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM7.2 8.3 13.5 2M11 4.500l2 2",
  keyboard: "M1.5 4h13v8h-13zM4 6.800h.1M6.6 6.800h.1M9.3 6.800h.1M12 6.800h.1M5 9.500h6",
  link: "M6.5 9.500l3-3M7 4.5 8.5 3A3.2 3.2 0 0 1 13 7.500L11.5 9M9 11.5 7.5 13A3.2 3.2 0 0 1 3 8.500L4.5 7",
  lock: "M3.5 7h9v7h-9zM5.5 7V4.500a2.5 2.5 0 0 1 5 0V7",
  minus: "M3 8h10",
  more: "M3 8a.4.4 0 1 0 .8 0A.4.4 0 0 0 3 8zM7.6 8a.4.4 0 1 0 .8 0 .4.4 0 0 0-.8 0zM12.2 8a.4.4 0 1 0 .8 0 .4.4 0 0 0-.8 0z",
  operations: "M2 5h11M10 2l3 3-3 3M14 11H3M6 8l-3 3 3 3",
  overview: "M2 2h5v6H2zM9 2h5v4H9zM9 8h5v6H9zM2 10h5v4H2z",
  pause: "M5.5 3v10M10.5 3v10",
  play: "M4.5 2.5 13 8l-8.5 5.500z",
  plus: "M8 3v10M3 8h10",
  receive: "M14 8H5M8 4.5 4.500 8 8 11.500M2 3v10",
  refresh: "M13.5 8A5.5 5.5 0 1 1 11.8 4L13.5 5.600M13.5 2v3.600H10",
  search: "M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2zM10.6 10.6 14 14",
  settings:
    "M2 4.500h6M12 4.500h2M2 11.500h2M8 11.500h6M10 2.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM6 9.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  "sign-out": "M6 2.500H2.500v11H6M6.5 8H14M11 5l3 3-3 3",
  transfer: "M2 8h9M8 4.5 11.5 8 8 11.500M14 3v10",
  unknown: "M5.5 6a2.5 2.5 0 1 1 3.6 2.200C8.3 8.6 8 9.2 8 10M8 12.900v.1",
  user: "M8 2.500a2.7 2.7 0 1 0 0 5.5 2.7 2.7 0 0 0 0-5.500zM2.5 14c.5-3 2.5-4.5 5.5-4.500s5 1.5 5.5 4.5",
  users:
    "M6 3a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM1.5 13.500c.3-2.5 2-4 4.5-4s4.2 1.5 4.5 4M10.5 3.200a2.5 2.5 0 0 1 0 4.600M12 9.800c1.5.6 2.3 1.9 2.5 3.7",
  warning: "M8 2 14.5 13.500h-13zM8 6.500V10M8 11.900v.1",
} as const;

/** In px; icon.css has it too. */
const USUAL_SIZE = 16;

export type IconName = keyof typeof paths;

/** Decorative: its meaning is in the text beside it. Size in px, colour from the text. */
export function Icon({ name, size = USUAL_SIZE, className }: IconProps) {
  return (
    <svg
      {...(size !== USUAL_SIZE && { viewBox: "0 0 16 16", width: size, height: size })}
      className={className ? `icon ${className}` : "icon"}
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}

type IconProps = { name: IconName; size?: number; className?: string };
