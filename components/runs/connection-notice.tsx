import type { Connection } from "#components/live/use-run-feed.ts";
import { TickingDuration } from "#components/ui/duration.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useNow } from "#components/ui/now.ts";
import { useTranslations } from "#i18n";

/** A connection that comes back within this time is not worth a word, ms. */
const grace = 2_000;

/** Says that the page shows the past, and that the run does not need the page. */
export function ConnectionNotice({ connection }: { connection: Connection }) {
  const t = useTranslations("runs");
  const now = useNow(connection.state === "lost");
  if (connection.state !== "lost" || now - connection.since < grace) return null;
  return (
    <Notice tone="warn" role="status" title={t("connectionLost")}>
      {t.rich("connectionLostSince", {
        tickingduration: () => <TickingDuration since={connection.since} />,
      })}
    </Notice>
  );
}
