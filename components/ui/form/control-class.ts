/** The look of inputs, text areas and selects. */
export const controlClass =
  "w-full min-w-0 rounded-md border border-control bg-surface px-2.5 text-text placeholder:text-faint " +
  "hover:border-soft focus:border-accent focus:outline-2 focus:outline-accent/30 focus:outline-offset-0 " +
  "aria-invalid:border-danger disabled:cursor-not-allowed disabled:opacity-60";
