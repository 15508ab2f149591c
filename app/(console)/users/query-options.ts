import { queryOptions } from "@tanstack/react-query";
import { postJson } from "@/app/_client/post-json";
import type { SessionRow, UserRow } from "@/lib/users";

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
