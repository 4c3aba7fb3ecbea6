import { Clock } from "#components/ui/clock.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { Said } from "#components/ui/said.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { useTranslations } from "#i18n";
import type { StoryLine } from "#lib/domain/run-story/story.ts";

/** The same story line by line in columns: number in the journal, time, phase, what, how it ended. */
export function StoryTable({ lines }: { lines: readonly StoryLine[] }) {
  const words = useTranslations("words");
  const t = useTranslations("audit-trail");
  return (
    <Table label={t("storyAsATable")}>
      <THead>
        <Th align="right">{t("no")}</Th>
        <Th>{t("time")}</Th>
        <Th>{t("phase")}</Th>
        <Th>{t("kind")}</Th>
        <Th>{t("what")}</Th>
        <Th>{t("outcome")}</Th>
        <Th align="right">{t("took")}</Th>
      </THead>
      <TBody>
        {withPhases(lines).map(({ line, phase, kind }) => (
          <Tr key={line.seq} className="break-inside-avoid">
            <Td align="right" className="text-muted max-sm:justify-start">
              {line.seq}
            </Td>
            <Td label={t("time")} mono>
              <Clock at={line.at} />
            </Td>
            <Td label={t("phase")} className="whitespace-nowrap text-muted">
              {phase && words(`phases.${phase}`)}
            </Td>
            <Td label={t("kind")} className="text-muted">
              {t(`kinds.${kind}`)}
            </Td>
            <Td label={t("what")} className="[overflow-wrap:anywhere]">
              <span>
                <Said>{line.text}</Said>
                {line.host && <span className="font-mono text-muted text-xs"> {line.host}</span>}
                {line.detail && (
                  <span className="block text-muted text-xs">
                    <Said>{line.detail}</Said>
                  </span>
                )}
              </span>
            </Td>
            <Td label={t("outcome")}>
              {line.attempt && <StateBadge state={line.attempt.status} />}
            </Td>
            <Td label={t("took")} align="right">
              {line.attempt?.endedAt && (
                <Duration ms={Date.parse(line.attempt.endedAt) - Date.parse(line.at)} />
              )}
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

/** The lines with the phase that they stand in; a phase is no line of its own here. */
function withPhases(lines: readonly StoryLine[]) {
  let phase: StoryLine["phase"];
  return lines.flatMap((line) => {
    if (line.kind !== "phase") return [{ line, phase, kind: line.kind }];
    phase = line.phase;
    return [];
  });
}
