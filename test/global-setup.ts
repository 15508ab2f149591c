import { startTestCluster } from "./database.ts";

/** Before the first test file: one PostgreSQL for all of them. The returned function ends it after the last. */
export default async function setUp(): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  return cluster.stop;
}
