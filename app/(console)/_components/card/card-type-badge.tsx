import { Badge } from "@/components/ui/badge";
import { useCardTypeName } from "./use-card-type-name";

/** A card's type by name; a free trial stands apart. */
export function CardTypeBadge({ type }: { type: string }) {
  const typeName = useCardTypeName();
  return <Badge tone={type === "0" ? "neutral" : "accent"}>{typeName(type)}</Badge>;
}
