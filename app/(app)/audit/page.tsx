import { ScrollText } from "lucide-react";
import { AuditFilter } from "#components/audit/audit-filter.tsx";
import { AuditTable } from "#components/audit/audit-table.tsx";
import { VerifyChain } from "#components/audit/verify-chain.tsx";
import { withMessages } from "#components/frame/messages.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { listAudit } from "#lib/services/audit.ts";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = pageTitle("audit");

export default withMessages(["audit", "said"], AuditPage);

async function AuditPage({ searchParams }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const search = await searchParams;
  const text = (key: string) => {
    const value = search[key];
    return typeof value === "string" ? value.trim() : "";
  };
  const filter = { targetType: text("type"), targetId: text("id") };
  const before = /^\d{1,15}$/.test(text("before")) ? text("before") : undefined;
  const { entries, nextBefore } = await listAudit(actor, {
    ...filter,
    ...(before === undefined ? {} : { before }),
  });
  const page = (at: number | null) => {
    const query = new URLSearchParams();
    if (filter.targetType) query.set("type", filter.targetType);
    if (filter.targetId) query.set("id", filter.targetId);
    if (at !== null) query.set("before", String(at));
    return `/audit?${query}`;
  };
  return (
    <Page>
      <PageHeader title={t("audit")} description={t("auditHint")} actions={<VerifyChain />} />
      <AuditFilter {...filter} />
      {entries.length === 0 ? (
        <EmptyState icon={ScrollText} title={t("noSuchEntries")}>
          {t("noEntriesHint")}
        </EmptyState>
      ) : (
        <AuditTable entries={entries} />
      )}
      {(before !== undefined || nextBefore !== null) && (
        <nav aria-label={t("pages")} className="flex gap-2">
          {before !== undefined && <LinkButton href={page(null)}>{t("newest")}</LinkButton>}
          {nextBefore !== null && <LinkButton href={page(nextBefore)}>{t("older")}</LinkButton>}
        </nav>
      )}
    </Page>
  );
}
