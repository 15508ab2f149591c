import { queryOptions } from "@tanstack/react-query";
import type { FindCustomer } from "@/lib/customers/schemas";
import type { Customer } from "@/lib/customers/types";
import { postJson } from "@/lib/web/post-json";
import { customersKey } from "../query-keys";

/** Read again sooner while an outcome is open: the reply changes with it. */
export const customerQuery = (about: FindCustomer) =>
  queryOptions({
    queryKey: [...customersKey, about],
    queryFn: ({ signal }) => postJson<Customer>("/api/customers/get", about, signal),
    refetchInterval: ({ state: { data } }) => (data?.cards.some(({ lockedBy }) => lockedBy) ? 3_000 : 30_000),
    staleTime: 1_000,
  });
