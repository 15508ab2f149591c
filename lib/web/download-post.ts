import type { PublicError } from "@/lib/core/errors";
import { withFreshProof } from "./fresh-proof";
import { pageUserHeader } from "./page-user";
import { noteSessionEnd } from "./session-end";
import { USED_HEADER } from "./used-header";

type Fetched = { ok: true; response: Response } | { ok: false; error: PublicError };

/**
 * Fetch a file from one of our own export routes and save it as a download under the name the server gave it.
 * Returns null on success, else the error.
 */
export async function downloadPost(path: string, body: unknown): Promise<PublicError | null> {
  const fetched = await fetchFile(path, body);
  if (!fetched.ok) return fetched.error;
  const { response } = fetched;
  const file = await response.blob().catch(() => null);
  if (!file) return { code: "unavailable", key: "no_connection" };
  saveFile(file, fileNameOf(response.headers.get("content-disposition")));
  return null;
}

/** Fetch a file from one of our own export routes; if it wants a fresh proof, the user is asked for it first. */
export const fetchFile = (path: string, body: unknown): Promise<Fetched> =>
  withFreshProof(
    () => post(path, body),
    (fetched) => (fetched.ok ? null : fetched.error),
  );

async function post(path: string, body: unknown): Promise<Fetched> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", [USED_HEADER]: "1", ...pageUserHeader() },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (response?.ok) return { ok: true, response };
  if (!response) return { ok: false, error: { code: "unavailable", key: "no_connection" } };
  const answer = (await response.json().catch(() => null)) as { error?: PublicError } | null;
  return { ok: false, error: noteSessionEnd(answer?.error ?? { code: "internal", key: "internal" }, "user") };
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
