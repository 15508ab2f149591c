import type { UserRow } from "@/lib/users";

/** What is being done with a user right now: which dialog stands open. */
export type RowAction = { kind: "role" | "reset" | "sessions" | "disable" | "enable"; user: UserRow };
