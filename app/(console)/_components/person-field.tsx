import { useQuery } from "@tanstack/react-query";
import { ChoiceField } from "@/components/ui/form/choice-field";
import { postJson } from "@/lib/web/post-json";
import { queryKeys } from "../query-keys";

type Props = {
  label: string;
  any: string;
  /** Who acts without an account, and what they are called. */
  others?: Readonly<Record<string, string>>;
  /** "" is anybody. */
  value: string;
  onChange: (name: string) => void;
};

/** A filter's choice of one user by name. A name that is in the link but no user's stays a choice. */
export function PersonField({ label, any, others = {}, value, onChange }: Props) {
  const { data = [] } = useQuery({
    queryKey: [...queryKeys.users, "names"],
    queryFn: ({ signal }) => postJson<string[]>("/api/users/names", {}, signal),
    staleTime: 60_000,
  });
  const known = [...data, ...Object.keys(others)];
  const chosen = known.find((name) => name.toLowerCase() === value.toLowerCase()) ?? value;
  return (
    <ChoiceField
      label={label}
      any={any}
      options={chosen && !known.includes(chosen) ? [...known, chosen] : known}
      name={(name) => others[name] ?? name}
      value={chosen || null}
      onChange={(name) => onChange(name ?? "")}
    />
  );
}
