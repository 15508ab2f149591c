import type { ComponentProps } from "react";
import { Select } from "@/components/ui/form/select";
import type { Colleague } from "@/lib/follow-ups/types";

type Props = ComponentProps<typeof Select> & { colleagues: readonly Colleague[] };

export function ColleagueSelect({ colleagues, ...rest }: Props) {
  return (
    <Select {...rest} className="w-full">
      {colleagues.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
