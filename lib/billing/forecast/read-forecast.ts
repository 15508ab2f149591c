import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { ForecastView } from "../types";
import { FORECAST_NEEDS_DAYS, forecastRunOut } from "./forecast-run-out";

const DAYS = 14;
const DAY_MS = 86_400_000;

type Row = { at: Date; points: string; amount: string };

/** When points and amount run out, by the last good reading of every hour of 14 days. Reads our own database only. */
export async function readForecast({ ctx }: { ctx: Ctx }): Promise<ForecastView> {
  const to = ctx.now();
  const from = new Date(to.getTime() - DAYS * DAY_MS);
  const { rows } = await ctx.db.execute<Row>(sql`
    select distinct on (date_trunc('hour', at)) at, remaining_points_micro as points, remaining_amount_micro as amount
    from billing_reading where at between ${from} and ${to}
    order by date_trunc('hour', at), at desc, id desc`);
  const runOut = (pick: "points" | "amount") =>
    forecastRunOut(rows.map((row) => ({ at: new Date(row.at).getTime(), left: BigInt(row[pick]) })));
  return { points: runOut("points"), amount: runOut("amount"), needsDays: FORECAST_NEEDS_DAYS };
}
