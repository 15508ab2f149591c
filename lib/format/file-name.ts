import { formatDateTime } from "./dates";

/**
 * Name of an export: `额度卡_筛选_312张_20260921-1403.csv`. The parts say what, which and how many; characters that file
 * systems refuse are removed.
 */
export function exportFileName(parts: readonly string[], at: Date, extension: string, zone?: string): string {
  const stamp = formatDateTime(at, zone).replace(/[-:]/g, "").replace(" ", "-").slice(0, 13);
  const safe = parts.map((part) => part.replace(/[\p{Cc}\p{Cf}\\/:*?"<>|_\s]/gu, "")).filter(Boolean);
  return `${[...safe, stamp].join("_")}.${extension}`;
}

/** Content-Disposition of a download; the name may hold any letters (RFC 6266, RFC 8187). */
export function attachment(fileName: string): string {
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  const plain = fileName.replace(/[^\x20-\x7e]|["\\]/g, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
