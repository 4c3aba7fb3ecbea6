"use client";

import { CircleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslations } from "#i18n";

export interface FormErrorsProps {
  /** What went wrong with the form as a whole. */
  message?: string | undefined;
  /** Messages by field name; every entry links to its field. */
  fields?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined;
}

/** The errors of a form in one place above it. Takes the focus when they appear. */
export function FormErrors({ message, fields }: FormErrorsProps) {
  const t = useTranslations("ui");
  const box = useRef<HTMLDivElement>(null);
  const entries = Object.entries(fields ?? {}).flatMap(([name, text]) => {
    const first = typeof text === "string" ? text : text?.[0];
    return first ? [{ name, text: first }] : [];
  });
  const shown = Boolean(message) || entries.length > 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new set of errors calls for focus.
  useEffect(() => {
    if (shown) box.current?.focus();
  }, [shown, message, fields]);

  if (!shown) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="flex gap-2.5 rounded-lg border border-fail-line bg-fail-tint px-3 py-2.5 text-sm outline-none"
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-fail" aria-hidden="true" />
      <div className="min-w-0">
        <p className="font-medium">{message ?? t("needsAttention", { count: entries.length })}</p>
        {entries.length > 0 && (
          <ul className="mt-1 grid gap-0.5">
            {entries.map((entry) => (
              <li key={entry.name}>
                <a
                  href={`#${entry.name}`}
                  className="text-fail underline decoration-fail-line underline-offset-3"
                >
                  {entry.text}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
