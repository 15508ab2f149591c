"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryForm } from "@/components/query-form";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { OPERATION_KINDS, OPERATION_STATES } from "@/lib/operations/schemas";
import { type OperationParams, operationParams } from "../search-params";

type Changes = Partial<Pick<OperationParams, "kinds" | "states" | "actor" | "person" | "from" | "to">>;
type Props = { params: OperationParams; onChange: (changes: Changes) => void };

const listed = OPERATION_STATES.filter((state) => state !== "draft");
/** `datetime-local` speaks local time without a zone. */
const toLocal = (date: Date | null) =>
  date ? new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16) : "";

export function OperationFilters({ params, onChange }: Props) {
  const t = useTranslations("operations");
  const [draft, setDraft] = useState(params);
  const edit = (changes: Changes) => setDraft({ ...draft, ...changes });
  const empty = { kinds: [], states: [], actor: "", person: false, from: null, to: null };

  return (
    <QueryForm
      label={t("filters")}
      onSubmit={() => onChange(draft)}
      onReset={() => {
        setDraft({ ...draft, ...empty });
        onChange(empty);
      }}
      moreActive={[params.from, params.to, params.person].filter(Boolean).length}
      more={
        <>
          <Field label={t("filter.from")}>
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                value={toLocal(draft.from)}
                onChange={(e) => edit({ from: e.target.value ? new Date(e.target.value) : null })}
              />
            )}
          </Field>
          <Field label={t("filter.to")}>
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                value={toLocal(draft.to)}
                onChange={(e) => edit({ to: e.target.value ? new Date(e.target.value) : null })}
              />
            )}
          </Field>
          <Checkbox checked={draft.person} onChange={(e) => edit({ person: e.target.checked })}>
            {t("filter.needsPerson")}
          </Checkbox>
        </>
      }
    >
      <Field label={t("filter.kind")}>
        {(control) => (
          <Select
            {...control}
            className="w-full"
            value={draft.kinds[0] ?? ""}
            onChange={(e) => edit({ kinds: operationParams.kinds.parse(e.target.value) ?? [] })}
          >
            <option value="">{t("filter.any")}</option>
            {OPERATION_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kind.${kind}`)}
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
            onChange={(e) => edit({ states: operationParams.states.parse(e.target.value) ?? [] })}
          >
            <option value="">{t("filter.any")}</option>
            {listed.map((state) => (
              <option key={state} value={state}>
                {t(`state.${state}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("filter.actor")}>
        {(control) => (
          <Input {...control} value={draft.actor} maxLength={64} onChange={(e) => edit({ actor: e.target.value })} />
        )}
      </Field>
    </QueryForm>
  );
}
