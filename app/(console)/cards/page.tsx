import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { packRows } from "@/app/(console)/_components/pack-rows";
import { DeniedState } from "@/components/feedback/denied-state";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button/button-link";
import { Term } from "@/components/ui/term";
import { isMaskedFor, listCards, readCardsPage } from "@/lib/cards";
import { allows } from "@/lib/core/roles";
import { pageContext } from "@/lib/web/auth/current-user";
import { CardsView } from "./_components/cards-view";
import { cardQueryOf, loadCardParams, maskedQuery } from "./search-params";
import { viewHref } from "./view-href";

export async function generateMetadata() {
  const t = await getTranslations("cards");
  return { title: t("title") };
}

export default async function CardsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const t = await getTranslations("cards");
  const paste = await getTranslations("paste");
  const [params, given] = await Promise.all([loadCardParams(searchParams), searchParams]);
  const bare = Object.keys(given).length === 0;
  const masked = isMaskedFor(ctx.actor);
  const asked = cardQueryOf(params);
  const query = masked ? maskedQuery(asked).query : asked;
  const [list, { facets, sync, view }] = await Promise.all([
    // Only the tab knows the filter behind "q", so it loads the rows itself.
    params.q ? null : listCards({ ctx, input: query }),
    readCardsPage({ ctx }),
  ]);
  const home = bare && view && viewHref(view);
  if (home) redirect(home);
  const canWrite = allows(ctx.actor.role, "operator");
  return (
    <>
      <PageHeader
        title={t("title")}
        about={<Term name="card" />}
        actions={
          <ButtonLink href="/cards/paste" icon="search" prefetch={false}>
            {paste("title")}
          </ButtonLink>
        }
      />
      <CardsView
        initialQuery={query}
        list={list && { ...list, rows: packRows(list.rows) }}
        facets={facets}
        sync={sync}
        canWrite={canWrite}
        masked={masked}
        aboutCode={<Term name="code" />}
      />
    </>
  );
}
