import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AuditList } from "@/lib/audit";
import { postJson } from "@/lib/web/post-json";
import { queryKeys } from "../query-keys";
import type { AuditQuery } from "./search-params";

export const auditQuery = (input: AuditQuery) =>
  queryOptions({
    queryKey: [...queryKeys.audit, "list", input],
    queryFn: ({ signal }) => postJson<AuditList>("/api/audit/list", input, signal),
    placeholderData: keepPreviousData,
  });
