/** A measured clock difference stands before the upstream's words, as "[-600 s]". */
const MEASURED = /^\[([+-]\d+) s\] ?/;

export const joinPausedDetails = (words: string, clockOffsetMs: number | null): string | null => {
  if (clockOffsetMs === null) return words || null;
  const seconds = Math.round(clockOffsetMs / 1000);
  return `[${seconds < 0 ? "" : "+"}${seconds} s] ${words}`.trimEnd();
};

/** The upstream's words, and how far its clock was ahead of ours, in ms, if that was measured. */
export function splitPausedDetails(details: string | null): { words: string | null; clockOffsetMs: number | null } {
  const measured = MEASURED.exec(details ?? "");
  const words = details?.replace(MEASURED, "") || null;
  return { words, clockOffsetMs: measured ? Number(measured[1]) * 1000 : null };
}
