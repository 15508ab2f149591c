import { queryOptions } from "@tanstack/react-query";
import type { SessionRow } from "@/lib/users";
import { postJson } from "@/lib/web/post-json";
import { queryKeys } from "../query-keys";

export const ownSessionsQuery = () =>
  queryOptions({
    queryKey: [...queryKeys.account, "sessions"],
    queryFn: ({ signal }) => postJson<SessionRow[]>("/api/account/sessions", {}, signal),
  });
