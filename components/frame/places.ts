import {
  BookOpen,
  DatabaseBackup,
  House,
  type LucideIcon,
  Play,
  ScrollText,
  Server,
  Settings,
} from "lucide-react";

type PlaceName = "home" | "deployments" | "runs" | "backups" | "audit" | "settings" | "help";

export interface Place {
  href: string;
  /** Its key in the catalogue. */
  name: PlaceName;
  icon: LucideIcon;
}

/** The parts of the product, in the order of the rail. */
export const places: readonly Place[] = [
  { href: "/", name: "home", icon: House },
  { href: "/deployments", name: "deployments", icon: Server },
  { href: "/runs", name: "runs", icon: Play },
  { href: "/backups", name: "backups", icon: DatabaseBackup },
  { href: "/audit", name: "audit", icon: ScrollText },
  { href: "/settings", name: "settings", icon: Settings },
  { href: "/help", name: "help", icon: BookOpen },
];

/** The part of the product a path belongs to. */
export function placeOf(path: string): Place | undefined {
  return places.find(({ href }) => path === href || (href !== "/" && path.startsWith(`${href}/`)));
}
