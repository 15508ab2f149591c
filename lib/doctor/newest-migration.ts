import journal from "../db/migrations/meta/_journal.json" with { type: "json" };

/** The newest migration this version has, as drizzle numbers it. */
export const newestMigration: number = Math.max(...journal.entries.map(({ when }) => when));
