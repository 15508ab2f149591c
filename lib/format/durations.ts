/** A duration in its two largest units: 850 ms, 12 秒, 3 分钟 5 秒, 2 小时 10 分钟. Negative counts as 0. */
export function formatDuration(ms: number, locale: string): string {
  const chinese = locale.startsWith("zh");
  const units = chinese ? [" 天", " 小时", " 分钟", " 秒"] : ["d", "h", "m", "s"];
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const total = Math.round(ms / 1000);
  const parts = [Math.floor(total / 86_400), Math.floor(total / 3600) % 24, Math.floor(total / 60) % 60, total % 60];
  const first = parts.findIndex((part) => part > 0);
  return parts
    .map((part, index) => (part > 0 ? `${part}${units[index]}` : ""))
    .slice(first, first + 2)
    .filter(Boolean)
    .join(" ");
}
