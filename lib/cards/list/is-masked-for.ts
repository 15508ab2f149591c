import "server-only";
import type { Actor } from "@/lib/context";
import { allows } from "@/lib/core/roles";

/** Whether an export for this user has masked phones and codes: complete ones are for operators and up. */
export const isMaskedFor = ({ role }: Pick<Actor, "role">): boolean => !allows(role, "operator");
