import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import { useInvalidFocus } from "@/components/feedback/use-invalid-focus";
import { useRefresh } from "@/components/navigation/use-refresh";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import { Checkbox } from "@/components/ui/form/checkbox";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { Input } from "@/components/ui/form/input";
import { RadioGroup } from "@/components/ui/form/radio-group";
import { Select } from "@/components/ui/form/select";
import { CHANNEL_KINDS, type ChannelKind, type ChannelView } from "@/lib/alerts/types";
import { parseInteger } from "@/lib/format/numbers";
import { saveChannelAction } from "../actions";

type Texts = Record<string, string>;
/** What is typed of a channel, by kind; an address and secrets are never shown again, so they are typed anew. */
const FIELDS = {
  wecom: ["url"],
  dingtalk: ["url", "secret"],
  feishu: ["url", "secret"],
  webhook: ["url", "secret"],
  email: ["host", "port", "user", "password", "from", "to"],
} as const satisfies Record<ChannelKind, readonly string[]>;
type FieldName = (typeof FIELDS)[ChannelKind][number];

const SECRET: readonly FieldName[] = ["secret", "password"];
/** The keyboard of a phone. */
const MODES: Partial<Record<FieldName, "url" | "numeric" | "email">> = {
  url: "url",
  host: "url",
  port: "numeric",
  from: "email",
  to: "email",
};
const SECURITIES = ["tls", "starttls", "none"] as const;

function configOf(kind: ChannelKind, texts: Texts, security: string) {
  const typed = Object.fromEntries(FIELDS[kind].map((name) => [name, texts[name] ?? ""]));
  if (kind !== "email") return { kind, ...typed };
  return { kind, security, ...typed, port: parseInteger(texts.port ?? "") };
}

/** Adds a channel, or changes the one given: its name, whether it is on, and its address if that is typed again. */
export function ChannelDialog({ channel, onClose }: { channel: ChannelView | null; onClose: () => void }) {
  const t = useTranslations("alerts.channels");
  const ui = useTranslations("ui");
  const { field } = useErrorText();
  const refresh = useRefresh();
  const form = useId();
  // Made before the first click: an answer that is lost and asked for again adds no second channel.
  const [channelId] = useState(() => channel?.id ?? crypto.randomUUID());
  const [name, setName] = useState(channel?.name ?? "");
  const [on, setOn] = useState(channel?.on ?? true);
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? "wecom");
  const [anew, setAnew] = useState(channel === null);
  const [texts, setTexts] = useState<Texts>({ port: "465" });
  const [security, setSecurity] = useState<(typeof SECURITIES)[number]>("tls");
  const { run, pending, error } = useAction(saveChannelAction, { effect: "write" });
  const element = useInvalidFocus(error);
  const problem = (key: string) => {
    const wrong = error?.fields?.[key];
    return wrong && field(wrong);
  };

  const submit = async () => {
    if (pending) return;
    const config = anew ? configOf(kind, texts, security) : null;
    const answer = await run({ channelId, name, on, config });
    if (!answer.ok) return;
    onClose();
    void showToast("done", t("saved"));
    refresh();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={channel ? t("editTitle", { name: channel.name }) : t("addTitle")}
      pending={pending}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={form} variant="primary" pending={pending}>
            {t("save")}
          </Button>
        </>
      }
    >
      <Form ref={element} id={form} onSubmit={submit} className="grid gap-4 pb-2" noValidate>
        <Field label={t("name")} error={problem("name")}>
          {(control) => (
            <Input
              {...control}
              data-autofocus
              autoComplete="off"
              maxLength={60}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <Checkbox checked={on} onChange={({ target }) => setOn(target.checked)}>
          {t("on")}
        </Checkbox>
        {channel && (
          <Checkbox checked={anew} onChange={({ target }) => setAnew(target.checked)}>
            {t("anew")}
          </Checkbox>
        )}
        {anew && (
          <>
            <RadioGroup<ChannelKind>
              name="kind"
              legend={t("kind")}
              inline
              value={kind}
              onChange={setKind}
              options={CHANNEL_KINDS.map((each) => ({ value: each, label: t(`kinds.${each}`) }))}
            />
            {kind === "email" && (
              <Field label={t("security")} error={problem("config.security")} className="max-w-60">
                {(control) => (
                  <Select
                    {...control}
                    value={security}
                    onChange={({ target }) => setSecurity(SECURITIES.find((each) => each === target.value) ?? "tls")}
                  >
                    {SECURITIES.map((each) => (
                      <option key={each} value={each}>
                        {t(`securities.${each}`)}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
            )}
            {FIELDS[kind].map((each: FieldName) => (
              <Field
                key={`${kind} ${each}`}
                label={t(`fields.${each}`)}
                hint={hintOf(kind, each, t)}
                error={problem(`config.${each}`)}
              >
                {(control) => (
                  <Input
                    {...control}
                    type={SECRET.includes(each) ? "password" : "text"}
                    autoComplete={SECRET.includes(each) ? "new-password" : "off"}
                    autoCapitalize="none"
                    spellCheck={false}
                    inputMode={MODES[each]}
                    value={texts[each] ?? ""}
                    onChange={({ target }) => setTexts({ ...texts, [each]: target.value })}
                  />
                )}
              </Field>
            ))}
          </>
        )}
        {error && !error.fields && <ErrorNotice error={error} />}
      </Form>
    </Dialog>
  );
}

function hintOf(kind: ChannelKind, name: FieldName, t: ReturnType<typeof useTranslations<"alerts.channels">>) {
  if (name === "url") return t(`urlHint.${kind === "email" ? "webhook" : kind}`);
  if (name === "secret") return t(kind === "webhook" ? "secretHint.webhook" : "secretHint.robot");
  if (name === "user" || name === "to") return t(`mailHint.${name}`);
  return undefined;
}
