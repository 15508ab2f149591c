import { queryOptions } from "@tanstack/react-query";
import { postJson } from "@/app/_client/post-json";
import type { SessionRow } from "@/lib/users";

export const ownSessionsQuery = () =>
  queryOptions({
    queryKey: ["account", "sessions"],
    queryFn: ({ signal }) => postJson<SessionRow[]>("/api/account/sessions", {}, signal),
  });
