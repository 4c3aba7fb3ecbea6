"use client";

import { LogOut, UserRound } from "lucide-react";
import { useTransition } from "react";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { useTranslations } from "#i18n";
import type { Role } from "#lib/domain/roles.ts";

export interface FrameUser {
  name: string;
  /** As shown: "operator". */
  role: Role;
  email?: string;
  /** The page where one changes one's own password and second factor. */
  accountHref?: string;
  /** A server action that ends the session and redirects to the log-in page. */
  signOut: () => Promise<void>;
}

/** Who is logged in, with which role, and the way out. */
export function PersonMenu({ user }: { user: FrameUser }) {
  const t = useTranslations("frame");
  const words = useTranslations("words");
  const [leaving, startLeaving] = useTransition();
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex h-8 items-center gap-2 rounded-md px-1.5 text-sm transition-colors hover:bg-hover data-[state=open]:bg-hover"
        >
          <span
            aria-hidden="true"
            className="grid size-6 place-items-center rounded-full border border-line-strong bg-active font-medium text-2xs text-muted"
          >
            {initials(user.name)}
          </span>
          <span className="max-w-40 truncate max-sm:sr-only">{user.name}</span>
          <span className="text-muted text-xs max-md:sr-only">{words(`roles.${user.role}`)}</span>
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="truncate font-medium text-sm">{user.name}</p>
        {user.email && <p className="truncate text-muted text-xs">{user.email}</p>}
        <p className="text-muted text-xs first-letter:uppercase">{words(`roles.${user.role}`)}</p>
      </div>
      <MenuSeparator />
      {user.accountHref && (
        <MenuItem icon={UserRound} href={user.accountHref}>
          {t("yourAccount")}
        </MenuItem>
      )}
      <MenuItem icon={LogOut} disabled={leaving} onSelect={() => startLeaving(user.signOut)}>
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}

/** "Li Wei" gives "LW", "operator" gives "O", a Chinese name its first character. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters.map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "").join("");
}
