import { queryOptions } from "@tanstack/react-query";
import type { SessionRow, UserRow } from "@/lib/users";
import { postJson } from "@/lib/web/post-json";
import { queryKeys } from "../query-keys";

export const usersQuery = () =>
  queryOptions({
    queryKey: [...queryKeys.users, "list"],
    queryFn: ({ signal }) => postJson<UserRow[]>("/api/users/list", {}, signal),
  });

export const sessionsQuery = (userId: string) =>
  queryOptions({
    queryKey: [...queryKeys.users, "sessions", userId],
    queryFn: ({ signal }) => postJson<SessionRow[]>("/api/users/sessions", { userId }, signal),
    staleTime: 0,
  });
