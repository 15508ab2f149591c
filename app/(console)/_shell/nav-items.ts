import type { getTranslations } from "next-intl/server";
import type { NavItem } from "@/components/shell/nav-item";
import { allows, type Role } from "@/lib/core/roles";

type Words = Awaited<ReturnType<typeof getTranslations<"shell">>>;
type Room =
  | "overview"
  | "cards"
  | "keys"
  | "billing"
  | "operations"
  | "audit"
  | "users"
  | "settings"
  | "health"
  | "lab";

const rooms: { room: Room; href: string; role: Role }[] = [
  { room: "overview", href: "/", role: "support" },
  { room: "cards", href: "/cards", role: "support" },
  { room: "keys", href: "/keys", role: "support" },
  { room: "operations", href: "/operations", role: "support" },
  { room: "billing", href: "/billing", role: "support" },
  { room: "audit", href: "/audit", role: "admin" },
  { room: "users", href: "/users", role: "admin" },
  { room: "settings", href: "/settings", role: "admin" },
  { room: "health", href: "/health", role: "admin" },
  { room: "lab", href: "/fault-lab", role: "admin" },
];

/** The rooms a role may enter, with how many operations have an unknown outcome. The lab is there only in a sandbox. */
export function navItems(role: Role, { unknown, sandbox }: { unknown: number; sandbox: boolean }, t: Words): NavItem[] {
  return rooms
    .filter((entry) => allows(role, entry.role) && (entry.room !== "lab" || sandbox))
    .map(({ room, href }) => ({
      href,
      label: t(`nav.${room}`),
      icon: room === "keys" ? "key" : room === "lab" ? "danger" : room,
      ...(room === "operations" && { badge: unknown, badgeLabel: t("nav.unknownOperations") }),
    }));
}
