"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import { NumberInput } from "@/components/ui/form/number-input";
import { RadioGroup } from "@/components/ui/form/radio-group";
import { formatInteger, parseInteger } from "@/lib/format/numbers";
import { KEY_TYPES, type KeyType, MAX_KEYS_PER_BATCH } from "@/lib/keys/types";
import { useKeyTypeName } from "../../_components/use-key-type-name";
import { create } from "../../actions";

type Props = {
  /** Given out by the server with the page. */
  batchId: string;
  /** Types that are being generated now. */
  busy: readonly { id: string; keyType: number }[];
};

/** Type, count and note; then what it will do, in words and on the button; then it runs in the background. */
export function BatchForm({ batchId, busy }: Props) {
  const t = useTranslations("keys");
  const locale = useLocale();
  const router = useRouter();
  const typeName = useKeyTypeName();
  const [keyType, setKeyType] = useState<KeyType>(2);
  const [count, setCount] = useState("");
  const [note, setNote] = useState("");
  const [asked, setAsked] = useState(false);
  const [confirming, setConfirming] = useState(false);

  const wanted = parseInteger(count);
  const valid = wanted !== null && wanted >= 1 && wanted <= MAX_KEYS_PER_BATCH;
  const max = formatInteger(MAX_KEYS_PER_BATCH);
  const holder = busy.find((batch) => batch.keyType === keyType);
  const type = typeName(keyType).toLocaleLowerCase(locale);
  const verb = valid ? t("form.submit", { count: wanted, type }) : t("form.submitEmpty");

  const confirm = async () => {
    const result = await create({ batchId, keyType, wanted, note });
    if (!result.ok) return result.error;
    router.push(`/keys/${result.data.batchId}`);
    return null;
  };

  return (
    <Panel className="max-w-xl">
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (valid && !holder) setConfirming(true);
        }}
      >
        <RadioGroup
          name="keyType"
          legend={t("form.type")}
          inline
          value={String(keyType)}
          onChange={(value) => setKeyType(KEY_TYPES.find((type) => String(type) === value) ?? keyType)}
          options={KEY_TYPES.map((type) => ({ value: String(type), label: typeName(type) }))}
        />
        {holder && <BusyNotice batchId={holder.id} type={type} />}
        <Field
          label={t("form.count")}
          hint={t("form.countHint", { max })}
          error={asked && !valid ? t("form.countBad", { max }) : undefined}
          required
          className="max-w-48"
        >
          {(control) => <NumberInput {...control} value={count} onChange={(e) => setCount(e.target.value)} />}
        </Field>
        <Field label={t("form.note")} hint={t("form.noteHint")}>
          {(control) => <Input {...control} value={note} maxLength={200} onChange={(e) => setNote(e.target.value)} />}
        </Field>
        <div>
          <Button type="submit" variant="primary" disabledReason={holder ? t("form.busy", { type }) : undefined}>
            {verb}
          </Button>
        </div>
      </form>
      <ConfirmDialog
        open={confirming}
        onClose={() => setConfirming(false)}
        title={t("form.confirmTitle")}
        verb={verb}
        tone="primary"
        onConfirm={confirm}
      >
        <Consequence count={wanted ?? 0} type={type} />
      </ConfirmDialog>
    </Panel>
  );
}

function BusyNotice({ batchId, type }: { batchId: string; type: string }) {
  const t = useTranslations("keys");
  return (
    <Callout tone="warning" role="status" title={t("form.busy", { type })}>
      <p>{t("form.busyHint")}</p>
      <Link href={`/keys/${batchId}`} className="text-accent hover:underline">
        {t("form.openBusy")}
      </Link>
    </Callout>
  );
}

/** What the batch will do, before it is confirmed. */
function Consequence({ count, type }: { count: number; type: string }) {
  const t = useTranslations("keys");
  return (
    <>
      <p>
        {t("form.consequence", {
          count,
          type,
          calls: Math.ceil(count / 10),
        })}
      </p>
      <p className="mt-2 text-soft">{t("form.background")}</p>
    </>
  );
}
