/** Next calls this once a process and waits for it before serving. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startUp } = await import("@/lib/runtime");
  await startUp();
  const { serveMetricsText } = await import("@/lib/monitoring");
  serveMetricsText();
  const { answerWhileAway } = await import("@/lib/web/answer-while-away");
  answerWhileAway();
}
