import type { UserRow } from "@/lib/users";

/** The dialog that is open on a user. */
export type RowAction = { kind: "role" | "reset" | "sessions" | "second_factor" | "disable" | "enable"; user: UserRow };
