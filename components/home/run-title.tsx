import { useTranslations } from "#i18n";
import { runTitle } from "./run-words.ts";

/** What a run is, beside its deployment's name. */
export function RunTitle({ run }: { run: Parameters<typeof runTitle>[0] }) {
  return runTitle(run, useTranslations("words"));
}
