import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { HealthView } from "./types";

type Row = { bytes: string; connections: number; role: string; split: boolean };

/** How large the database is, and whether the console's own role could change what it must not (docs/decisions/database-roles.md). */
export async function readDatabase({ ctx }: { ctx: Pick<Ctx, "db"> }): Promise<HealthView["database"]> {
  const { rows } = await ctx.db.execute<Row>(sql`
    select pg_database_size(current_database()) as bytes,
      (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
      current_user as role,
      not (has_table_privilege(audit.oid, 'update, delete, truncate') or pg_has_role(audit.relowner, 'member')) as split
    from pg_class audit where audit.oid = 'audit'::regclass`);
  const { bytes = "0", connections = 0, role = "", split = false } = rows[0] ?? {};
  return { bytes: Number(bytes), connections, role, split };
}
