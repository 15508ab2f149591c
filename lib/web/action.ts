import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { AppError, type PublicError, toPublicError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { requestIdNow } from "@/lib/core/request-scope";
import type { Role } from "@/lib/core/roles";
import { ATTRIBUTE, withSpan } from "@/lib/core/tracing";
import { toDatabaseFault } from "@/lib/db/errors";
import { requireRole } from "./auth/current-user";
import { demandProof, type FreshProof, proofDemand } from "./auth/demand-proof";
import { markAccess } from "./auth/endpoint-access";

export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: PublicError };
/** `unknown`, because every action is a public POST. `pageUser`: whose page calls it (lib/web/page-user.ts). */
export type Action<T> = (input: unknown, pageUser?: unknown) => Promise<ActionResult<T>>;

export type Definition<S extends z.ZodType, T> = {
  /** For the log: "cards.transfer.confirm". */
  name: string;
  role: Role;
  input: S;
  /** Whether it demands a fresh proof of identity. Checked after the input, before the verb. By default it never does. */
  freshProof?: FreshProof<z.output<S>>;
  /** Also for who must set up a second factor before anything else. */
  whileEnrolling?: boolean;
  verb: (call: { ctx: Ctx; input: z.output<S> }) => Promise<T>;
};

/**
 * Define a server action: check the role, parse, demand a proof, call one verb, map the result. It never throws to the browser and
 * returns plain data. Invalid input is `bad_input` with a message key per field.
 */
export function defineAction<S extends z.ZodType, T>(definition: Definition<S, T>): Action<T> {
  const { name, role, freshProof = false, whileEnrolling } = definition;
  return markAccess(
    actionOf(definition, (requestId, pageUser) =>
      requireRole(role, { endpoint: name, requestId, whileEnrolling, pageUser }),
    ),
    { name, role, freshProof: proofDemand(freshProof) },
  );
}

/** The body of an action: context, parse, verb, map. For {@link defineAction} and its public sibling only. */
export function actionOf<S extends z.ZodType, T>(
  definition: Omit<Definition<S, T>, "role">,
  contextOf: (requestId: string, pageUser: unknown) => Promise<Ctx>,
): Action<T> {
  return async (input, pageUser) => {
    const requestId = requestIdNow();
    try {
      const ctx = await contextOf(requestId, pageUser);
      const call = { ctx, input: parseInput(definition.input, input) };
      await demandProof(definition.freshProof ?? false, call);
      return {
        ok: true,
        data: await withSpan(definition.name, { [ATTRIBUTE.kind]: "action" }, () => definition.verb(call)),
      };
    } catch (error) {
      unstable_rethrow(error);
      return { ok: false, error: reportError(definition.name, error, requestId) };
    }
  };
}

/** Parse external input. Throws AppError "bad_input" with `fields`: name → message key of its first fault. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = parseAnything(schema, input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.toReversed();
  const fields = Object.fromEntries(issues.map((issue) => [issue.path.join(".") || "_", keyOf(issue)]));
  throw new AppError("bad_input", "bad_input", { fields });
}

/**
 * A text's bounds are checked even of what is no text: they compare its `length`, and an object there that nothing can be made
 * of throws. So does what can't be written as JSON.
 */
function parseAnything<S extends z.ZodType>(schema: S, input: unknown): z.ZodSafeParseResult<z.output<S>> {
  try {
    if (!NUL.test(JSON.stringify(input) ?? "")) return schema.safeParse(input);
  } catch (cause) {
    if (!(cause instanceof TypeError || cause instanceof RangeError)) throw cause;
  }
  throw new AppError("bad_input", "bad_format");
}

/** PostgreSQL refuses NUL in any text; in JSON it is an escape (and "\\\\u0000" is only the text of one). */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;
const KNOWN = /^[a-z]+(_[a-z0-9]+)*$/;
const fallback: Partial<Record<z.core.$ZodIssue["code"], string>> = {
  invalid_type: "required",
  too_small: "out_of_range",
  too_big: "out_of_range",
  invalid_format: "bad_format",
  invalid_value: "bad_choice",
  not_multiple_of: "not_a_number",
};

/** Schemas give a message key as their error; zod's own errors are mapped by the kind of issue. */
const keyOf = (issue: z.core.$ZodIssue): string =>
  KNOWN.test(issue.message) ? issue.message : (fallback[issue.code] ?? "bad_format");

/** Log unexpected errors, and map to what the browser gets. A database that is away is "unavailable", never "internal". */
export function reportError(name: string, error: unknown, requestId: string): PublicError {
  const fault = toDatabaseFault(error);
  const expected = error instanceof AppError && error.code !== "internal";
  if (fault) log().warn({ name, requestId, key: fault.key, err: error }, "the database is unavailable");
  else if (expected) log().info({ name, requestId, code: error.code, key: error.key }, "refused");
  else log().error({ name, requestId, err: error }, "failed");
  return toPublicError(fault ?? error, requestId);
}
