import { useTranslations } from "next-intl";
import { useAction } from "@/components/actions/use-action";
import type { PublicError } from "@/lib/core/errors";
import type { PasskeyRequest } from "@/lib/users";
import type { SecondFactorMethods } from "@/lib/users/schemas";
import type { Action } from "@/lib/web/action";
import { postJson, publicErrorOf } from "@/lib/web/post-json";
import { SecondStep } from "./second-step";

type Props = {
  methods: SecondFactorMethods;
  target?: string;
  onDone: (path: string) => void;
  /** The five minutes or the tries are over: the password is asked again. */
  onExpired: (error: PublicError) => void;
};

const finish: Action<{ path: string }> = async (input) => {
  try {
    return { ok: true, data: await postJson("/api/session/second-factor", input) };
  } catch (thrown) {
    return { ok: false, error: publicErrorOf(thrown) };
  }
};

/** The second step of a sign-in, in place of the password. */
export function SignInSecondStep({ methods, target, onDone, onExpired }: Props) {
  const t = useTranslations("shell.secondStep");
  const { run, pending, error } = useAction(finish, { effect: "none" });
  return (
    <SecondStep
      methods={methods}
      askPasskey={() => postJson<PasskeyRequest>("/api/session/passkey", {})}
      onProof={async (proof) => {
        const answer = await run({ proof, callbackUrl: target });
        if (answer.ok) onDone(answer.data.path);
        else if (answer.error.key === "sign_in_expired") onExpired(answer.error);
      }}
      pending={pending}
      error={error}
      verb={t("verb")}
    />
  );
}
