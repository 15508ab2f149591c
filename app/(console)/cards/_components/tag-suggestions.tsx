import { useQuery } from "@tanstack/react-query";
import { knownTagsQuery } from "../query-options";

/** The browser's own suggestions for a field with `list={id}`: the tags in use. Without them a tag is typed as ever. */
export function TagSuggestions({ id }: { id: string }) {
  const { data = [] } = useQuery(knownTagsQuery);
  return (
    <datalist id={id}>
      {data.map((tag) => (
        <option key={tag} value={tag} />
      ))}
    </datalist>
  );
}
