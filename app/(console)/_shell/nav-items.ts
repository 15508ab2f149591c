import type { getTranslations } from "next-intl/server";
import type { NavItem } from "@/components/shell/nav-item";
import type { IconName } from "@/components/ui/icon";
import { allows, type Role } from "@/lib/core/roles";

type Translate = Awaited<ReturnType<typeof getTranslations<"shell">>>;
type Section = { name: SectionName; href: string; role: Role };
type SectionName =
  | "overview"
  | "cards"
  | "keys"
  | "billing"
  | "operations"
  | "followUps"
  | "approvals"
  | "audit"
  | "users"
  | "settings"
  | "health"
  | "lab";

const sections: Section[] = [
  { name: "overview", href: "/", role: "support" },
  { name: "cards", href: "/cards", role: "support" },
  { name: "keys", href: "/keys", role: "support" },
  { name: "operations", href: "/operations", role: "support" },
  { name: "followUps", href: "/follow-ups", role: "support" },
  { name: "approvals", href: "/approvals", role: "operator" },
  { name: "billing", href: "/billing", role: "support" },
  { name: "audit", href: "/audit", role: "admin" },
  { name: "users", href: "/users", role: "admin" },
  { name: "settings", href: "/settings", role: "admin" },
  { name: "health", href: "/health", role: "admin" },
  { name: "lab", href: "/fault-lab", role: "admin" },
];

function iconOf(name: SectionName): IconName {
  if (name === "keys") return "key";
  if (name === "lab") return "danger";
  if (name === "followUps") return "clock";
  return name === "approvals" ? "check" : name;
}

/** The sections a role may open, with the numbers of unknown outcomes, of the user's follow-ups that are due and of approvals that wait for them. The Fault lab needs a sandbox. */
export function navItems(
  role: Role,
  { unknown, waiting, due, sandbox }: { unknown: number; waiting: number; due: number; sandbox: boolean },
  t: Translate,
): NavItem[] {
  return sections
    .filter((section) => allows(role, section.role) && (section.name !== "lab" || sandbox))
    .map(({ name, href }) => ({
      href,
      label: t(`nav.${name}`),
      icon: iconOf(name),
      ...(name === "operations" && { badge: unknown, badgeLabel: t("nav.unknownOperations") }),
      ...(name === "followUps" && {
        badge: due,
        badgeLabel: t("nav.dueFollowUps"),
        badgeTone: "accent" as const,
      }),
      ...(name === "approvals" && {
        badge: waiting,
        badgeLabel: t("nav.waitingApprovals"),
        badgeTone: "accent" as const,
      }),
    }));
}
