import { ScrollText } from "lucide-react";
import type { SearchParams } from "nuqs/server";
import { AuditFilter } from "#components/audit/audit-filter.tsx";
import { auditHref, loadAuditQuery } from "#components/audit/audit-query.ts";
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
import { listAudit } from "#lib/operations/audit.ts";

interface Props {
  searchParams: Promise<SearchParams>;
}

export const generateMetadata = pageTitle("audit");

export default withMessages(["audit", "said"], AuditPage);

async function AuditPage({ searchParams }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const query = await loadAuditQuery(searchParams);
  const { type, id, sort, beyond } = query;
  const newestFirst = sort.descending;
  const { entries, next } = await listAudit(actor, {
    ...{ targetType: type, targetId: id, order: newestFirst ? "newest" : "oldest" },
    ...(beyond !== null && { [newestFirst ? "before" : "after"]: beyond }),
  });
  return (
    <Page>
      <PageHeader
        title={t("audit")}
        description={t("auditHint")}
        help="security#audit"
        actions={<VerifyChain />}
      />
      <AuditFilter query={query} />
      {entries.length === 0 ? (
        <EmptyState icon={ScrollText} title={t("noSuchEntries")}>
          {t("noEntriesHint")}
        </EmptyState>
      ) : (
        <AuditTable {...{ entries, query }} />
      )}
      {(beyond !== null || next !== null) && (
        <nav aria-label={t("pages")} className="flex gap-2">
          {beyond !== null && (
            <LinkButton href={auditHref("/audit", { ...query, beyond: null })}>
              {newestFirst ? t("newest") : t("oldest")}
            </LinkButton>
          )}
          {next !== null && (
            <LinkButton href={auditHref("/audit", { ...query, beyond: next })}>
              {newestFirst ? t("older") : t("newer")}
            </LinkButton>
          )}
        </nav>
      )}
    </Page>
  );
}
