import "server-only";
import { z } from "zod";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { ROLES, type Role } from "@/lib/core/roles";
import { storableText } from "@/lib/format/storable-text";
import { readProvider } from "../identities";

/** What the provider says of somebody, checked. */
export type ProviderClaims = {
  issuer: string;
  subject: string;
  /** For people to read. */
  label: string;
  /** What they might be called here, best first. */
  names: string[];
  /** The strongest role that a value of the role claim stands for. */
  role: Role | null;
  /** When they typed or showed something at the provider. */
  authenticatedAt: Date | null;
  /** They showed a second factor there. */
  hasFactor: boolean;
};

/** RFC 8176's names of what is no password alone; anything else counts as a single factor. */
const FACTORS: readonly string[] = ["mfa", "otp", "hwk"];
const MOST_LABEL = 128;

const nameSchema = z.string().trim().min(1).max(256).optional().catch(undefined);
const claimsSchema = z.looseObject({
  iss: z.url(),
  sub: z.string().min(1).max(255),
  auth_time: z.number().int().positive().max(1e11).optional().catch(undefined),
  amr: z.array(z.string()).catch([]),
  preferred_username: nameSchema,
  email: nameSchema,
  name: nameSchema,
});

/**
 * What the claims of an ID token and of the provider's user info say; the caller has validated both. AppError "upstream" if
 * they are nobody's, or another provider's.
 */
export function readClaims(claims: unknown): ProviderClaims {
  const parsed = claimsSchema.safeParse(claims);
  const issuer = readProvider()?.issuer;
  if (!parsed.success || issuer === undefined || new URL(parsed.data.iss).href !== issuer)
    throw new AppError("upstream", "single_sign_on_failed");
  const { sub, auth_time, amr, preferred_username, email, name } = parsed.data;
  const names = [preferred_username, email, name].flatMap((each) => each ?? []);
  return {
    issuer,
    subject: storableText(sub),
    label: storableText(names[0] ?? sub).slice(0, MOST_LABEL),
    names,
    role: roleOf(valuesOf(parsed.data, env().OIDC_ROLE_CLAIM)),
    authenticatedAt: auth_time === undefined ? null : new Date(auth_time * 1_000),
    hasFactor: amr.some((method) => FACTORS.includes(method)),
  };
}

function roleOf(values: readonly string[]): Role | null {
  const roles = (env().OIDC_ROLES ?? []).flatMap(({ value, role }) => (values.includes(value) ? [role] : []));
  return ROLES.findLast((role) => roles.includes(role)) ?? null;
}

/** A claim by its name, or by the path of it where a name has dots: a text, or a list of texts. */
function valuesOf(claims: object, name: string): string[] {
  const own = propertyOf(claims, name);
  const value = own === undefined ? name.split(".").reduce<unknown>(propertyOf, claims) : own;
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string");
}

const propertyOf = (holder: unknown, name: string): unknown =>
  typeof holder === "object" && holder !== null && Object.hasOwn(holder, name)
    ? (holder as Record<string, unknown>)[name]
    : undefined;
