"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { cn } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useTranslations } from "#i18n";

export interface CopyButtonProps {
  /** What goes to the clipboard; a function when it is dear to make. */
  text: string | (() => string);
  /** "Copy command" */
  label?: string;
  className?: string;
}

/** Browsers offer the clipboard only over HTTPS; a dashboard in a closed network may be on HTTP. */
async function copy(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return true;
  }
  const box = document.createElement("textarea");
  box.value = text;
  box.style.position = "fixed";
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}

/** Copies a text, and says so. */
export function CopyButton({ text, label, className }: CopyButtonProps) {
  const t = useTranslations("ui");
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);

  async function onClick() {
    const done = await copy(typeof text === "string" ? text : text()).catch(() => false);
    if (done) setCopied(true);
    else toast.error(t("theBrowserRefusedToCopy"), { description: t("selectTheTextInstead") });
  }

  return (
    <>
      <IconButton
        icon={copied ? Check : Copy}
        label={copied ? t("copied") : (label ?? t("copy"))}
        size="sm"
        className={cn("print:hidden", className)}
        onClick={() => void onClick()}
      />
      <span role="status" className="sr-only">
        {copied ? t("copied") : ""}
      </span>
    </>
  );
}
