import "server-only";
import { request } from "node:http";
import type { z } from "zod";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";

const DEADLINE_MS = 5_000;
const MAX_BYTES = 4 * 1024 * 1024;

type Call<S extends z.ZodType> = {
  method: "GET" | "POST" | "DELETE";
  /** Under `/_sandbox`. */
  path: string;
  body?: unknown;
  answer: S;
};

/**
 * Call the sandbox's admin API. It is no upstream: it gets none of our keys, only the launcher's token. Throws AppError
 * not_found outside the demo, bad_input with the sandbox's message, unavailable.
 */
export async function askSandbox<S extends z.ZodType>({ method, path, body, answer }: Call<S>): Promise<z.output<S>> {
  const { SANDBOX_URL: base, SANDBOX_TOKEN: token } = env();
  if (!base) throw new AppError("not_found", "no_sandbox");
  const url = new URL(`/_sandbox${path}`, base);
  const { status, text } = await exchange(url, method, body, token).catch((cause: unknown) => {
    log().info({ method, path, err: cause }, "the sandbox did not answer");
    throw new AppError("unavailable", "sandbox_away", { cause });
  });
  const parsed = answer.safeParse(json(text));
  if (status === 200 && parsed.success) return parsed.data;
  if (status === 400) throw new AppError("bad_input", "bad_input", { details: text.slice(0, 300) });
  log().info({ method, path, status, issues: parsed.error?.issues.slice(0, 3) }, "the sandbox's answer can't be used");
  throw new AppError("unavailable", "sandbox_away", { details: `HTTP ${status}` });
}

function exchange(url: URL, method: string, body: unknown, token?: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const headers = { "content-type": "application/json", ...(token && { "x-sandbox-token": token }) };
    const sent = request(url, { method, headers, signal, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_BYTES) answer.destroy(new Error("the sandbox says too much"));
        else chunks.push(chunk);
      });
      answer.on("error", reject);
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }));
    });
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
