import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { AppError, httpStatusOf, type PublicError } from "@/lib/core/errors";
import { requestIdNow } from "@/lib/core/request-scope";
import type { Role } from "@/lib/core/roles";
import { ATTRIBUTE, withSpan } from "@/lib/core/tracing";
import { database } from "@/lib/db/client";
import { withExportSlot } from "@/lib/limits";
import { parseInput, reportError } from "./action";
import { requireRole } from "./auth/current-user";
import { demandProof, type FreshProof, proofDemand } from "./auth/demand-proof";
import { markAccess } from "./auth/endpoint-access";
import { contextFrom } from "./auth/request-context";
import { PAGE_USER_HEADER } from "./page-user";
import { RETRY_AFTER_SECONDS } from "./retry-after";

/** In bytes, unless a route says otherwise. */
const MAX_BODY = 64 * 1024;

type Definition<S extends z.ZodType, T> = {
  name: string;
  role: Role;
  input: S;
  /** Whether it demands a fresh proof of identity, as in an action. */
  freshProof?: FreshProof<z.output<S>>;
  /** It makes a file (an export): one of a person at a time, with more time for its statements than those of a screen. */
  file?: boolean;
  /** The largest body in bytes, for a route whose input may rightly be long. */
  maxBody?: number;
  /** Plain data becomes JSON; a Response (an export) is returned unchanged. */
  verb: (call: { ctx: Ctx; input: z.output<S> }) => Promise<T | Response>;
};

/**
 * A read for react-query: POST with a JSON body, so that no phone or code is ever in a URL. Same checks as an action:
 * same origin, role, schema. Errors are JSON with a matching status, never 500 for invalid input.
 */
export function definePostRoute<S extends z.ZodType, T>(definition: Definition<S, T>) {
  const { name, role, freshProof = false } = definition;
  const handler = postHandlerOf(definition, async ({ headers }, requestId) => {
    const pageUser = headers.get(PAGE_USER_HEADER) ?? undefined;
    const ctx = await requireRole(role, { endpoint: name, requestId, pageUser });
    return definition.file ? { ...ctx, db: database().patientDb } : ctx;
  });
  return markAccess(handler, { name, role, freshProof: proofDemand(freshProof) });
}

/** A POST route that needs no session: as `definePostRoute`, with an anonymous actor. */
export function definePublicPostRoute<S extends z.ZodType, T>(
  definition: Omit<Definition<S, T>, "role" | "freshProof">,
) {
  const handler = postHandlerOf(definition, async ({ headers }, requestId) => ({ ...contextFrom(headers), requestId }));
  return markAccess(handler, { name: definition.name, role: "public" });
}

function postHandlerOf<S extends z.ZodType, T>(
  definition: Omit<Definition<S, T>, "role">,
  contextOf: (request: Request, requestId: string) => Promise<Ctx>,
) {
  return async (request: Request): Promise<Response> => {
    const requestId = requestIdNow();
    try {
      assertSameOrigin(request);
      const ctx = await contextOf(request, requestId);
      const input = parseInput(definition.input, await readJson(request, definition.maxBody ?? MAX_BODY));
      await demandProof(definition.freshProof ?? false, { ctx, input });
      const work = () =>
        withSpan(definition.name, { [ATTRIBUTE.kind]: "route" }, () => definition.verb({ ctx, input }));
      const result = await (definition.file ? withExportSlot(ctx, work) : work());
      return result instanceof Response ? result : respond(result, 200);
    } catch (error) {
      unstable_rethrow(error);
      // The browser left the page: nothing failed, and the response is not read.
      if (request.signal.aborted) return new Response(null, { status: 499 });
      return respondError(reportError(definition.name, error, requestId));
    }
  };
}

function respond(body: unknown, status: number, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
}

/** An error as JSON with its status. A 503 says when to ask again. */
export function respondError(error: PublicError): Response {
  const status = httpStatusOf[error.code];
  return respond({ error }, status, status === 503 ? { "retry-after": RETRY_AFTER_SECONDS } : {});
}

/** Browsers send Origin with every POST; another site's page must not read through a signed-in browser. */
function assertSameOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  if (origin && URL.parse(origin)?.host !== host) throw new AppError("forbidden", "cross_origin");
}

async function readJson(request: Request, most: number): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > most)
      throw new AppError("bad_input", "request_too_large", { params: { limit: Math.floor(most / 1024) } });
    text += decoder.decode(chunk, { stream: true });
  }
  try {
    return text === "" ? {} : JSON.parse(text + decoder.decode());
  } catch {
    throw new AppError("bad_input", "bad_format");
  }
}
