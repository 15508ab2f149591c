import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Messages } from "@/components/messages";
import { env } from "@/lib/core/env";
import { arePasskeysPossible } from "@/lib/users";
import { currentSession } from "@/lib/web/auth/current-user";
import { safePath } from "@/lib/web/auth/safe-path";
import { LoginForm } from "./_components/login-form";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signIn") };
}

export default async function LoginPage({ searchParams }: Props) {
  const target = safePath((await searchParams).callbackUrl);
  const { actor, mustEnrol } = await currentSession();
  if (actor) redirect(mustEnrol ? "/second-factor" : target);
  const t = await getTranslations("auth");
  return (
    <Messages namespaces={["auth"]}>
      <h1 className="mb-4 font-semibold text-xl">{t("signIn")}</h1>
      <LoginForm target={target} passkeys={env().SECOND_FACTOR !== "off" && arePasskeysPossible()} />
    </Messages>
  );
}
