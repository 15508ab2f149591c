import "server-only";
import type { Actor } from "@/lib/context";
import { allows } from "@/lib/core/roles";

/** Whether phones and codes are masked for this user, so that only what is shown of them can be searched for. */
export const isMaskedFor = ({ role }: Pick<Actor, "role">): boolean => !allows(role, "operator");
