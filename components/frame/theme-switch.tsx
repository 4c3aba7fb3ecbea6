"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { Menu, MenuChoice } from "#components/ui/menu.tsx";
import { useTranslations } from "#i18n";

const options = [
  { value: "system", icon: Monitor },
  { value: "light", icon: Sun },
  { value: "dark", icon: Moon },
] as const;

type Choice = (typeof options)[number]["value"];

/** Chooses light, dark, or what the system says. */
export function ThemeSwitch() {
  const t = useTranslations("frame");
  const { theme, setTheme } = useTheme();
  const choice: Choice = options.find(({ value }) => value === theme)?.value ?? "system";
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t("theme")}
          className="grid size-8 place-items-center rounded-md text-muted transition-colors hover:bg-hover hover:text-fg"
        >
          <Sun className="size-4 dark:hidden" aria-hidden="true" />
          <Moon className="hidden size-4 dark:block" aria-hidden="true" />
        </button>
      }
    >
      <MenuChoice
        label={t("theme")}
        value={choice}
        options={options.map((option) => ({ ...option, label: t(`themes.${option.value}`) }))}
        onChange={setTheme}
      />
    </Menu>
  );
}
