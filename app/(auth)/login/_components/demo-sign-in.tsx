import { useTranslations } from "next-intl";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { ROLES, type Role } from "@/lib/core/roles";
import { demoSignInAction } from "../actions";

/** The demo's users, each one press away: nobody has to look for a password to try Cardesk. */
export function DemoSignIn({ target }: { target: string }) {
  const t = useTranslations("auth.demo");
  const { run, pending, error } = useAction(demoSignInAction, { effect: "none" });
  const enter = async (role: Role) => {
    if (pending) return;
    const answer = await run({ role, callbackUrl: target });
    // Whoever set up a second factor in the demo signs in above.
    if (answer.ok) window.location.assign("path" in answer.data ? answer.data.path : "/login");
  };
  return (
    <section aria-labelledby="demo-title" className="mt-6 grid gap-2 border-line border-t pt-4">
      <h2 id="demo-title" className="font-medium">
        {t("title")}
      </h2>
      <p className="text-soft text-sm">{t("note")}</p>
      {error && <ErrorNotice error={error} />}
      <ul className="grid gap-1.5">
        {ROLES.toReversed().map((role) => (
          <li key={role} className="flex items-center gap-3">
            <Button className="w-28 shrink-0" pending={pending} onClick={() => enter(role)}>
              {t(`enter.${role}`)}
            </Button>
            <span className="text-faint text-sm">{t(`may.${role}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
