"use client";

import { notifyManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { type Invalidate, InvalidateContext } from "./actions/invalidate-context";

// An answer is shown at once: a timer would come after whatever else the page has to do.
notifyManager.setScheduler(queueMicrotask);

function newClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: 1,
        refetchOnWindowFocus: true,
        refetchIntervalInBackground: false,
        // Not paused when offline: a read that fails says so, one that waits says nothing for as long as one looks.
        networkMode: "always",
        // By default not with that mode: what failed meanwhile would stay as it was.
        refetchOnReconnect: true,
      },
    },
  });
  rereadForgotten(client);
  return client;
}

/**
 * On the way back Next gives a page what the server read for it, be it hours ago. A query that has been forgotten meanwhile
 * would take it for new, and wait with its next read.
 */
function rereadForgotten(client: QueryClient): void {
  const forgotten = new Set<string>();
  client.getQueryCache().subscribe(({ type, query: { queryHash, queryKey, options } }) => {
    if (type === "removed" && options.initialData !== undefined) forgotten.add(queryHash);
    if (type === "added" && forgotten.delete(queryHash)) void client.invalidateQueries({ queryKey, exact: true });
  });
}

/**
 * A first read that is on its way may have been answered before what was done; react-query would take it for the new one. So
 * it is done again.
 */
export const invalidateIn = (client: QueryClient): Invalidate => {
  const invalidate = async (queryKey: readonly unknown[]) => {
    const first = client
      .getQueryCache()
      .findAll({ queryKey, fetchStatus: "fetching", predicate: ({ state }) => state.data === undefined });
    await client.invalidateQueries({ queryKey });
    if (first.length > 0) await client.invalidateQueries({ queryKey, predicate: (query) => first.includes(query) });
  };
  return (queryKeys) => Promise.all(queryKeys.map(invalidate));
};

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(newClient);
  const [invalidate] = useState(() => invalidateIn(client));
  return (
    <QueryClientProvider client={client}>
      <InvalidateContext value={invalidate}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </InvalidateContext>
    </QueryClientProvider>
  );
}
