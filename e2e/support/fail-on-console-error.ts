import { type BrowserContext, expect } from "@playwright/test";

/**
 * Watch every page of a browser context for faults of ours: uncaught errors, and errors on the console other than the browser's
 * own note of an answer that was a refusal, and those that a journey brings about on purpose (`expected`). Returns the check to make at the end.
 */
export function failOnConsoleError(context: BrowserContext, expected?: RegExp): () => void {
  const faults: string[] = [];
  context.on("weberror", (error) => faults.push(String(error.error().stack ?? error.error())));
  context.on("console", (message) => {
    if (message.type() !== "error" || /^Failed to load resource/.test(message.text())) return;
    faults.push(`${message.text()} (${message.page()?.url()})`);
  });
  return () => {
    const unexpected = faults.filter((fault) => !expected?.test(fault));
    expect(unexpected, "uncaught errors in the browser").toEqual([]);
  };
}
