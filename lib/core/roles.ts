/** Weakest first. */
export const ROLES = ["support", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Each role may do everything the one before it may. */
export const allows = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);
