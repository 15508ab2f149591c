"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { PageHeader } from "@/components/page-header";
import { Button } from "@/components/ui/button/button";
import type { UserRow } from "@/lib/users";
import type { LinkToHandOver } from "@/lib/users/schemas";
import { publicErrorOf } from "@/lib/web/post-json";
import { usersQuery } from "../query-options";
import { CreateUserDialog } from "./create-user-dialog";
import { LinkDialog } from "./link-dialog";
import type { RowAction } from "./row-action";
import { useUserColumns } from "./use-user-columns";
import { useUserMenu } from "./use-user-menu";
import { UserActionDialog } from "./user-action-dialog";

/** All users and the actions on them. One dialog at a time, driven by `action`. */
export function UsersView({ initial, selfId }: { initial: UserRow[]; selfId: string | null }) {
  const t = useTranslations("users");
  const { data, error, isFetching, refetch } = useQuery({ ...usersQuery(), initialData: initial });
  const columns = useUserColumns(selfId, {
    secondFactors: data.some((row) => row.secondFactor !== null),
    identities: data.some((row) => row.identity !== null),
  });
  const [creating, setCreating] = useState(false);
  const [action, setAction] = useState<RowAction | null>(null);
  const [link, setLink] = useState<LinkToHandOver | null>(null);

  const handOver = (made: LinkToHandOver) => {
    setCreating(false);
    setAction(null);
    setLink(made);
  };
  const rowMenu = useUserMenu(selfId, setAction);

  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <Button variant="primary" icon="plus" onClick={() => setCreating(true)}>
            {t("new")}
          </Button>
        }
      />
      <DataTable
        id="users"
        caption={t("caption")}
        columns={columns}
        rows={data}
        rowKey={(row) => row.id}
        state={error ? { error: publicErrorOf(error) } : "ready"}
        onRetry={refetch}
        onRefresh={refetch}
        refreshing={isFetching}
        onOpenRow={(user) => setAction({ kind: "sessions", user })}
        rowMenu={rowMenu}
        empty={<EmptyState icon="users" title={t("empty")} />}
      />
      <CreateUserDialog open={creating} onClose={() => setCreating(false)} onMade={handOver} />
      <UserActionDialog action={action} selfId={selfId} onClose={() => setAction(null)} onLink={handOver} />
      <LinkDialog link={link} onClose={() => setLink(null)} />
    </>
  );
}
