import type { CDPSession } from "@playwright/test";

export type Traffic = {
  requests: number;
  /** Of scripts, compressed and with their heads. */
  scriptKb: number;
  /** Resolves when nothing was sent or received for so many ms. Throws when that takes half a minute. */
  quiet: (ms: number) => Promise<void>;
};

const OPEN_END_MS = 30_000;

/** Counts what a page asks for. */
export async function watchTraffic(cdp: CDPSession): Promise<Traffic> {
  const running = new Map<string, { script: boolean }>();
  let last = Date.now();
  const traffic: Traffic = { requests: 0, scriptKb: 0, quiet };
  cdp.on("Network.requestWillBeSent", ({ requestId, request, type }) => {
    if (!request.url.startsWith("http")) return;
    if (!running.has(requestId)) traffic.requests += 1;
    running.set(requestId, { script: type === "Script" });
    last = Date.now();
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (running.get(requestId)?.script) traffic.scriptKb += encodedDataLength / 1000;
    end(requestId);
  });
  cdp.on("Network.loadingFailed", ({ requestId }) => end(requestId));
  await cdp.send("Network.enable");
  return traffic;

  function end(requestId: string): void {
    running.delete(requestId);
    last = Date.now();
  }

  async function quiet(ms: number): Promise<void> {
    const giveUp = Date.now() + OPEN_END_MS;
    while (running.size > 0 || Date.now() - last < ms) {
      if (Date.now() > giveUp) throw new Error("the page never came to rest");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
