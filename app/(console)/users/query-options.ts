import { queryOptions } from "@tanstack/react-query";
import type { SessionRow, UserRow } from "@/lib/users";
import { postJson } from "@/lib/web/post-json";

export const usersQuery = () =>
  queryOptions({
    queryKey: ["users", "list"],
    queryFn: ({ signal }) => postJson<UserRow[]>("/api/users/list", {}, signal),
  });

export const sessionsQuery = (userId: string) =>
  queryOptions({
    queryKey: ["users", "sessions", userId],
    queryFn: ({ signal }) => postJson<SessionRow[]>("/api/users/sessions", { userId }, signal),
    staleTime: 0,
  });
