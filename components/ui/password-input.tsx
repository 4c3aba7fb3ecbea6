"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { cn } from "#components/ui/class-names.ts";
import { controlStyle } from "#components/ui/control-style.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useTranslations } from "#i18n";

/** A text box for a secret, hidden until asked for. */
export function PasswordInput({ className, ...rest }: Omit<ComponentProps<"input">, "type">) {
  const t = useTranslations("ui");
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <input
        {...rest}
        type={shown ? "text" : "password"}
        spellCheck={false}
        autoCapitalize="none"
        className={cn(controlStyle, "h-9 pr-9 sm:h-8", shown && "font-mono", className)}
      />
      <IconButton
        icon={shown ? EyeOff : Eye}
        label={shown ? t("hide") : t("show")}
        size="sm"
        className="absolute inset-y-0 right-0.5 my-auto"
        onClick={() => setShown(!shown)}
      />
    </div>
  );
}
