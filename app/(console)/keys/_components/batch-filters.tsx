"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryForm } from "@/components/query-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { BATCH_STATES } from "@/lib/batches/batch-state";
import { KEY_TYPES } from "@/lib/batches/key-type";
import { type BatchParams, batchParams } from "../search-params";

type Filters = Pick<BatchParams, "types" | "states" | "creator" | "note" | "from" | "to">;
type Props = { params: BatchParams; pending: boolean; onChange: (filters: Filters) => void };

const none: Filters = { types: [], states: [], creator: "", note: "", from: null, to: null };

export function BatchFilters({ params, pending, onChange }: Props) {
  const t = useTranslations("keys");
  const { types, states, creator, note, from, to } = params;
  const [draft, setDraft] = useState<Filters>({ types, states, creator, note, from, to });
  const edit = (changes: Partial<Filters>) => setDraft({ ...draft, ...changes });

  return (
    <QueryForm
      label={t("filters")}
      pending={pending}
      onSubmit={() => onChange(draft)}
      onReset={() => {
        setDraft(none);
        onChange(none);
      }}
      moreActive={[creator, from, to].filter(Boolean).length}
      more={
        <>
          <Field label={t("filter.creator")}>
            {(control) => (
              <Input
                {...control}
                value={draft.creator}
                maxLength={64}
                onChange={(e) => edit({ creator: e.target.value })}
              />
            )}
          </Field>
          <Day label={t("filter.from")} value={draft.from} onChange={(value) => edit({ from: value })} />
          <Day label={t("filter.to")} value={draft.to} onChange={(value) => edit({ to: value })} />
        </>
      }
    >
      <Field label={t("filter.type")}>
        {(control) => (
          <Select
            {...control}
            className="w-full"
            value={draft.types[0] ?? ""}
            onChange={(e) => edit({ types: batchParams.types.parse(e.target.value) ?? [] })}
          >
            <option value="">{t("any")}</option>
            {KEY_TYPES.map((type) => (
              <option key={type} value={type}>
                {t(`type.${type}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("filter.state")}>
        {(control) => (
          <Select
            {...control}
            className="w-full"
            value={draft.states[0] ?? ""}
            onChange={(e) => edit({ states: batchParams.states.parse(e.target.value) ?? [] })}
          >
            <option value="">{t("any")}</option>
            {BATCH_STATES.map((state) => (
              <option key={state} value={state}>
                {t(`state.${state}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("filter.note")}>
        {(control) => (
          <Input {...control} value={draft.note} maxLength={200} onChange={(e) => edit({ note: e.target.value })} />
        )}
      </Field>
    </QueryForm>
  );
}

function Day({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | null;
  onChange: (v: string | null) => void;
}) {
  return (
    <Field label={label}>
      {(control) => (
        <Input {...control} type="date" value={value ?? ""} onChange={(e) => onChange(e.target.value || null)} />
      )}
    </Field>
  );
}
