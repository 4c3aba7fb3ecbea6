import { formatDistance, formatDuration, formatMib } from "#components/ui/format.ts";
import { useLocale } from "#i18n";

/** Spans, distances in time, sizes and numbers as the person's language writes them. */
export function useFormat() {
  const locale = useLocale();
  return {
    /** `3 min 41 s` */
    duration: (ms: number) => formatDuration(ms, locale),
    /** `3 min ago` */
    distance: (ms: number) => formatDistance(ms, locale),
    /** `39 MiB` */
    mib: (bytes: number) => formatMib(bytes, locale),
    /** `1,204` */
    number: (value: number) => value.toLocaleString(locale),
  };
}
