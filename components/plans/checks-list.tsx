import { WhyCheck } from "#components/help/why-check.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Said } from "#components/ui/said.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { useSaid, useTranslations } from "#i18n";
import { type CheckGroup, groupChecks, scopeWords } from "#lib/domain/check-groups.ts";
import type { Check } from "#lib/domain/facts.ts";
import { groupBy } from "#lib/domain/group-by.ts";

const order: readonly Check["result"][] = ["fail", "unknown", "warning"];

/** All checks: what stands in the way first, with what to do; what passed behind a line a scope. */
export function ChecksList({ checks }: { checks: readonly Check[] }) {
  const said = useSaid();
  const t = useTranslations("plans");
  const open = order.flatMap((result) =>
    groupChecks(checks.filter((check) => check.result === result)),
  );
  const passed = checks.filter((check) => check.result === "pass");
  const scopes = [...groupBy(passed, (check) => check.scope)];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {open.length > 0 && (
        <ul aria-label={t("checksThatNeedAttention")} className="rounded-lg border bg-raised">
          {open.map((group) => (
            <CheckRow key={group.id} group={group} />
          ))}
        </ul>
      )}
      {passed.length > 0 && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
          {open.length > 0 && (
            <p className="flex items-center gap-2 text-muted text-sm">
              <StateGlyph state="pass" className="text-ok" />
              {t("ofChecksPassed", { passed: passed.length, checks: checks.length })}
            </p>
          )}
          <ul aria-label={t("checksThatPassed")} className="rounded-lg border bg-raised">
            {scopes.map(([scope, group]) => (
              <li key={scope} className="border-b px-3 py-0.5 last:border-b-0">
                <Disclosure
                  summary={<span className="[overflow-wrap:anywhere]">{said(scope)}</span>}
                  aside={t("passed", { group: group.length })}
                >
                  <PassedChecks checks={group} />
                </Disclosure>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** What passed on one host, region or server, with what was seen. */
function PassedChecks({ checks }: { checks: readonly Check[] }) {
  const said = useSaid();
  return (
    <ul className="grid gap-y-1 text-xs">
      {checks.map((check) => (
        <li key={check.id} className="flex gap-2">
          <StateGlyph state="pass" className="mt-0.5 size-3.5 text-ok" />
          <div className="min-w-0 [overflow-wrap:anywhere]">
            <Said>{check.title}</Said>
            {check.evidence && (
              <span className="text-muted">
                {" "}
                · <Said>{check.evidence}</Said>
              </span>
            )}
            <WhyCheck id={check.id} title={said(check.title)} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What one host has, or several alike: told once, with their names. */
function CheckRow({ group }: { group: CheckGroup }) {
  const said = useSaid();
  const t = useTranslations("plans");
  const { title, result, scopes, evidence, remedy } = group;
  return (
    <li className="grid gap-x-4 gap-y-1 border-b px-3 py-2.5 last:border-b-0 sm:grid-cols-[7rem_minmax(0,1fr)]">
      <StateBadge state={result} />
      <div className="grid min-w-0 gap-0.5 text-sm [overflow-wrap:anywhere]">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">
            <Said>{title}</Said>
          </span>
          <span className="text-muted text-xs" title={scopes.join(", ")}>
            {scopes.length > 1
              ? t("hostsNamed", { count: scopes.length, names: said(scopeWords(scopes)) })
              : said(scopeWords(scopes))}
          </span>
        </p>
        {evidence && (
          <p className="text-muted text-xs">
            <Said>{evidence}</Said>
          </p>
        )}
        {remedy && (
          <p>
            <Said>{remedy}</Said>
          </p>
        )}
        <WhyCheck id={group.id} title={said(title)} />
      </div>
    </li>
  );
}
