import type {} from "./types.ts";

export { useLocale, useTranslations } from "use-intl/react";
