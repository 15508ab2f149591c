/** Only the last 4 characters of a code or key: "••••1GDw". One with 4 or fewer is masked completely. */
export function maskCode(code: string): string {
  return `••••${code.length > 4 ? code.slice(-4) : ""}`;
}
