/** "2023-02-22 09:22:41" in Beijing time, which knows no summer time: UTC+8 all year. */
export function beijingTime(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}
