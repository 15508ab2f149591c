/** Weakest first. */
export const ROLES = ["support", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Roles are a ladder: each may do all the one before it may. */
export const allows = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);
