/*
 * A service worker with one task: when a page is opened and the console can't be reached, it shows the page it keeps for
 * that instead of the browser's own error page. It answers nothing else, and caches no data.
 */
const CACHE = "cardesk-unreachable";
const PAGE = "/api/unreachable";

/** Once in each life of this worker, so that the page keeps the language and theme that were chosen last. */
let kept;

async function keepPage() {
  const answer = await fetch(PAGE, { cache: "no-store" });
  if (answer.ok) await (await caches.open(CACHE)).put(PAGE, answer);
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepPage());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  event.respondWith(open(event.request));
  kept ??= keepPage().catch(() => {
    kept = undefined;
  });
  event.waitUntil(kept);
});

async function open(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const page = await (await caches.open(CACHE)).match(PAGE);
    if (!page) throw error;
    return new Response(await page.text(), { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
  }
}
