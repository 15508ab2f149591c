import type { PublicError } from "@/lib/core/errors";
import { noteSessionEnd } from "./session-end";

/**
 * Fetch a file from one of our own export routes and save it as a download under the name the server gave it.
 * Returns null on success, else the error.
 */
export async function downloadPost(path: string, body: unknown): Promise<PublicError | null> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!response) return { code: "unavailable", key: "no_connection" };
  if (!response.ok) {
    const answer = (await response.json().catch(() => null)) as { error?: PublicError } | null;
    return noteSessionEnd(answer?.error ?? { code: "internal", key: "internal" }, "user");
  }
  const file = await response.blob().catch(() => null);
  if (!file) return { code: "unavailable", key: "no_connection" };
  saveFile(file, fileNameOf(response.headers.get("content-disposition")));
  return null;
}

function fileNameOf(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  return encoded ? decodeURIComponent(encoded) : "cardesk";
}

/** Save a file the browser has. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  // Delayed: the browser may still read from the URL.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
