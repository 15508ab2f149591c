/** Only the last 4 characters of a code or key: "••••1GDw". Nothing at all of one with 4 or fewer. */
export function maskCode(code: string): string {
  return `••••${code.length > 4 ? code.slice(-4) : ""}`;
}
