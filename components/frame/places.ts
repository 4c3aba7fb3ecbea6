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

export interface Place {
  href: string;
  label: string;
  icon: LucideIcon;
}

/** The parts of the product, in the order of the rail. */
export const places: readonly Place[] = [
  { href: "/", label: "Home", icon: House },
  { href: "/deployments", label: "Deployments", icon: Server },
  { href: "/runs", label: "Runs", icon: Play },
  { href: "/backups", label: "Backups", icon: DatabaseBackup },
  { href: "/audit", label: "Audit", icon: ScrollText },
  { href: "/settings", label: "Settings", icon: Settings },
  { href: "/help", label: "Help", icon: BookOpen },
];

/** The part of the product a path belongs to. */
export function placeOf(path: string): Place | undefined {
  return places.find(({ href }) => path === href || (href !== "/" && path.startsWith(`${href}/`)));
}
