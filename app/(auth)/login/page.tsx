import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Messages } from "@/components/messages";
import { env } from "@/lib/core/env";
import { arePasskeysPossible, readProvider } from "@/lib/users";
import type { SecondFactorMethods } from "@/lib/users/schemas";
import { currentSession } from "@/lib/web/auth/current-user";
import { safePath } from "@/lib/web/auth/safe-path";
import { shownRefusal } from "@/lib/web/auth/shown-refusal";
import { offersDemoUsers } from "@/lib/web/auth/start-demo-session";
import { LoginForm } from "./_components/login-form";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signIn") };
}

export default async function LoginPage({ searchParams }: Props) {
  const { callbackUrl, step, refused } = await searchParams;
  const target = safePath(callbackUrl);
  const { actor, mustEnrol } = await currentSession();
  if (actor) redirect(mustEnrol ? "/second-factor" : target);
  const t = await getTranslations("auth");
  return (
    <Messages namespaces={["auth"]}>
      <h1 className="mb-4 font-semibold text-xl">{t("signIn")}</h1>
      <LoginForm
        target={target}
        passkeys={env().SECOND_FACTOR !== "off" && arePasskeysPossible()}
        provider={readProvider()?.name ?? null}
        step={secondStep(step)}
        refused={shownRefusal(refused)}
        demo={offersDemoUsers()}
      />
    </Messages>
  );
}

/** What can be shown, as the way back from the provider says it; the ticket is in a cookie. */
const secondStep = (step: unknown): SecondFactorMethods | null =>
  step === "code" || step === "passkey" || step === "code_passkey"
    ? { code: step !== "passkey", passkey: step !== "code" }
    : null;
