import "server-only";
import { Semaphore } from "./semaphore";

/** `Promise.all` over a list with at most `limit` running at once; results in the list's order. */
export async function mapConcurrent<T, R>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const semaphore = new Semaphore(limit);
  return Promise.all(
    items.map(async (item) => {
      const release = await semaphore.acquire();
      try {
        return await work(item);
      } finally {
        release();
      }
    }),
  );
}
