import "server-only";

/** A moment on both clocks: the wall clock may be set, the monotonic one stands still while the machine sleeps. */
export type Clocks = { wall: number; monotonic: number };

export const clocks = (): Clocks => ({ wall: Date.now(), monotonic: performance.now() });

/** How long ago that was, by whichever clock says more. */
export const elapsedMs = ({ wall, monotonic }: Clocks): number =>
  Math.max(Date.now() - wall, performance.now() - monotonic);
