import "server-only";
import { AppError } from "@/lib/core/errors";
import { readFingerprint } from "./fingerprint";

/** Fingerprint → key as it was given. PotatoCloud writes its keys in capitals. */
export async function fingerprintsOf(keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  try {
    const print = await readFingerprint();
    return new Map(keys.map((key) => [print(key.toUpperCase()), key]));
  } catch (error) {
    // Without app keys no key is stored, and none can be found.
    if (error instanceof AppError) return new Map();
    throw error;
  }
}
