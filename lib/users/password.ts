import "server-only";
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { Semaphore } from "@/lib/core/concurrency/semaphore";
import { sharedSlot } from "@/lib/core/shared-slot";

const argon2Of = promisify(argon2);
type Cost = { memory: number; passes: number; parallelism: number };
/** OWASP's second recommendation for argon2id: 19 MiB, 2 passes, 1 lane. */
const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const TAG_LENGTH = 32;
const unpadded = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");

/**
 * One core is left to everything else, so that no number of sign-ins freezes the console; more than three would fill
 * Node's four threads for files and names.
 */
export const HASHES_AT_ONCE = Math.max(1, Math.min(3, availableParallelism() - 1));
const slot = sharedSlot<Semaphore>("password-hashes");

async function derive(message: string, nonce: Buffer, cost: Cost & { tagLength: number }): Promise<Buffer> {
  slot.value ??= new Semaphore(HASHES_AT_ONCE);
  const release = await slot.value.acquire();
  try {
    return await argon2Of("argon2id", { ...cost, message: message.normalize("NFKC"), nonce });
  } finally {
    release();
  }
}

/** Hash a password with argon2id, in NFKC; the result is in PHC form and carries its own cost. */
export async function hashPassword(password: string, cost = COST): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive(password, nonce, { ...cost, tagLength: TAG_LENGTH });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
let decoy: Promise<string> | undefined;

/** Check a password. Without a hash (no such user) it does the same work on a decoy, so that both take as long. */
export async function verifyPassword(hash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString("hex"));
  const parts = PHC.exec(hash ?? (await decoy));
  if (!parts) return false;
  const [, memory, passes, parallelism, nonce, tag] = parts;
  const expected = Buffer.from(tag ?? "", "base64");
  const actual = await derive(password, Buffer.from(nonce ?? "", "base64"), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(actual, expected) && hash !== null;
}

/** Whether a hash is cheaper than those made today: it is made anew when its password is known, at the next sign-in. */
export function isOutdated(hash: string): boolean {
  const [, memory, passes, parallelism] = PHC.exec(hash)?.map(Number) ?? [];
  return memory !== COST.memory || passes !== COST.passes || parallelism !== COST.parallelism;
}
