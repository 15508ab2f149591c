import { queryOptions } from "@tanstack/react-query";
import type { SessionRow } from "@/lib/users";
import { postJson } from "@/lib/web/post-json";

export const ownSessionsQuery = () =>
  queryOptions({
    queryKey: ["account", "sessions"],
    queryFn: ({ signal }) => postJson<SessionRow[]>("/api/account/sessions", {}, signal),
  });
