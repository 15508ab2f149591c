/** "2023-02-22 09:22:41" in Beijing time, which has no daylight saving: UTC+8 all year. */
export function beijingTime(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}
