import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button/button-link";

/** Before the title of a page that belongs to a list: leads to that list. */
export function BackLink({ href }: { href: string }) {
  const label = useTranslations("ui")("backToList");
  return (
    <ButtonLink
      href={href}
      variant="ghost"
      icon="arrow-left"
      aria-label={label}
      title={label}
      className="-ms-2 -me-3 w-8 px-0"
    />
  );
}
