import { gzipSync } from "node:zlib";
import type { HttpClient } from "../test/support/http-client.ts";

/** Kilobytes (gzip) of every script that a page's HTML asks for: what a first visit loads. */
export async function firstLoad(client: HttpClient, path: string): Promise<number> {
  const { text } = await client.get(path);
  const tags = (text.match(/<(script|link)\b[^>]*>/g) ?? []).filter(
    (tag) => !/\bnomodule\b/i.test(tag) && (tag.startsWith("<script") || /as="script"|modulepreload/.test(tag)),
  );
  const sources = new Set(tags.flatMap((tag) => /\b(?:src|href)="([^"]+\.js[^"]*)"/.exec(tag)?.[1] ?? []));
  if (sources.size === 0) throw new Error(`${path} asks for no script`);
  let bytes = 0;
  for (const source of sources) bytes += gzipSync((await client.get(source.replaceAll("&amp;", "&"))).text).length;
  return bytes / 1000;
}
