import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { AppError } from "@/lib/core/errors";
import { allows } from "@/lib/core/roles";
import { getBatch, listChunks, listKeys } from "@/lib/keys";
import { batchSchema } from "@/lib/keys/schemas";
import { pageContext } from "@/lib/web/auth/current-user";
import { BatchScreen } from "./_components/batch-screen";

export async function generateMetadata() {
  const t = await getTranslations("keys");
  return { title: t("title") };
}

export default async function BatchPage({ params }: { params: Promise<{ batchId: string }> }) {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const parsed = batchSchema.safeParse(await params);
  if (!parsed.success) notFound();
  const { batchId } = parsed.data;
  const first = { batchId, page: 1, size: 20 } as const;
  const [initial, keys, chunks] = await Promise.all([
    getBatch({ ctx, input: { batchId } }).catch(orNotFound),
    listKeys({ ctx, input: { ...first, flagged: false, status: null } }),
    listChunks({ ctx, input: first }),
  ]);
  return (
    <Messages namespaces={["keys", "operations", "terms"]}>
      <BatchScreen
        initial={initial}
        firstKeys={keys}
        firstChunks={chunks}
        mayWrite={allows(ctx.actor.role, "operator")}
      />
    </Messages>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof AppError && error.code === "not_found") notFound();
  throw error;
}
