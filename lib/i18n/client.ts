import { createContext, use } from "react";
import type { Said } from "./said.ts";
import type {} from "./types.ts";

export { useLocale, useTranslations } from "use-intl/react";

/** Says in the person's language what the core says in English. */
export const SaidContext = createContext<Said>((text) =>
  typeof text === "string" ? text : text.code,
);

/** What the core says, in the person's language; as it is where no template is known. */
export function useSaid(): Said {
  return use(SaidContext);
}
