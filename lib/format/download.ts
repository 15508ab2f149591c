import { attachment, exportFileName } from "./file-name";

const CONTENT_TYPES = {
  csv: "text/csv; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

type FileFormat = keyof typeof CONTENT_TYPES;

/** An export as a download; `name` is the parts of its file name, see {@link exportFileName}. */
export function downloadResponse(
  body: BodyInit,
  { name, format, at, zone }: { name: readonly string[]; format: FileFormat; at: Date; zone: string },
): Response {
  const headers = {
    "content-type": CONTENT_TYPES[format],
    "content-disposition": attachment(exportFileName(name, at, format, zone)),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return new Response(body, { headers });
}
