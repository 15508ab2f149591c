import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { LinkState } from "@/components/sessions/link-state";
import { Badge } from "@/components/ui/badge";
import { Icon } from "@/components/ui/icon";
import type { UserRow, UserState } from "@/lib/users";

const tones = { active: "done", invited: "warning", disabled: "neutral" } as const satisfies Record<UserState, string>;

/** Which columns there are: second factors where they are offered, single sign-on where somebody uses it. */
type Shown = { secondFactors: boolean; identities: boolean };

export function useUserColumns(selfId: string | null, { secondFactors, identities }: Shown): Column<UserRow>[] {
  const t = useTranslations("users");
  const { times } = useCells<UserRow>();
  return useMemo(() => {
    const secondFactor: Column<UserRow> = {
      id: "secondFactor",
      header: t("columns.secondFactor"),
      cell: (row) => t(row.secondFactor ? "secondFactor.on" : "secondFactor.off"),
      width: "9rem",
      narrow: "labelled",
    };
    const identity: Column<UserRow> = {
      id: "identity",
      header: t("columns.identity"),
      cell: ({ identity: linked }) =>
        linked ? (
          <span className="[overflow-wrap:anywhere]">
            <bdi>{linked.label}</bdi>
            {linked.roleByClaim && <span className="ms-1.5 text-faint">({t("singleSignOn.byClaimShort")})</span>}
          </span>
        ) : (
          "—"
        ),
      width: "14rem",
      narrow: "labelled",
    };
    return [
      {
        id: "username",
        header: t("columns.username"),
        cell: (row) => (
          <span className="inline-block font-medium [overflow-wrap:anywhere] sm:min-w-16">
            <bdi>{row.username}</bdi>
            {row.id === selfId && <span className="ms-1.5 whitespace-nowrap font-normal text-faint">({t("you")})</span>}
          </span>
        ),
        narrow: "title",
        hideable: false,
      },
      { id: "role", header: t("columns.role"), cell: (row) => t(`role.${row.role}`), width: "9rem" },
      {
        id: "state",
        header: t("columns.state"),
        cell: (row) => (
          <span className="inline-flex items-center gap-1.5">
            <Badge tone={tones[row.state]}>{t(`state.${row.state}`)}</Badge>
            {row.linkUntil && (
              <span role="img" aria-label={t("linkUntil")} title={t("linkUntil")} className="text-soft">
                <Icon name="link" size={14} />
              </span>
            )}
          </span>
        ),
        width: "10rem",
        narrow: "value",
      },
      ...(secondFactors ? [secondFactor] : []),
      ...(identities ? [identity] : []),
      {
        id: "lastSignIn",
        header: t("columns.lastSignIn"),
        ...times((row) => row.lastSignInAt),
        width: "12rem",
        narrow: "labelled",
      },
      {
        id: "sessions",
        header: t("columns.sessions"),
        cell: (row) => row.sessions,
        align: "end",
        width: "6rem",
        narrow: "labelled",
      },
      {
        id: "link",
        header: t("columns.link"),
        cell: (row) => (row.lastLink ? <LinkState link={row.lastLink} /> : "—"),
        tone: (row) => (row.lastLink ? undefined : "none"),
        width: "14rem",
        narrow: "labelled",
      },
      {
        id: "created",
        header: t("columns.created"),
        ...times((row) => row.createdAt),
        width: "12rem",
        from: 1280,
      },
    ];
  }, [t, selfId, secondFactors, identities, times]);
}
