"use client";

import { ArrowDownToLine, Download, Timer, WrapText } from "lucide-react";
import type { ReactNode } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { IconLink } from "#components/ui/icon-link.tsx";
import { Select } from "#components/ui/select.tsx";
import { useTranslations } from "#i18n";
import type { NodeId, RunId, StepId } from "#lib/domain/ids.ts";
import type { PlanHost } from "#lib/domain/plan.ts";
import { type LineKind, lineKinds } from "#lib/domain/run-log/line-kind.ts";

const everything = "all";

export interface LogToolbarProps {
  runId: RunId;
  hosts: readonly PlanHost[];
  nodeId: NodeId | null;
  onPickNode: (nodeId: NodeId | null) => void;
  /** Those that have begun. */
  steps: readonly { id: StepId; title: string }[];
  stepId: StepId | null;
  onPickStep: (stepId: StepId | null) => void;
  kind: LineKind | null;
  onKind: (kind: LineKind | null) => void;
  /** Times count from the run's start. */
  relative: boolean;
  onRelative: (relative: boolean) => void;
  /** A LogFind. */
  find: ReactNode;
  shown: number;
  all: number;
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  follow: boolean;
  onFollow: (follow: boolean) => void;
  /** All lines that are shown, in one text. */
  copy: () => string;
}

/** What narrows and searches the log, and takes it elsewhere; three rows on a narrow screen. */
export function LogToolbar(props: LogToolbarProps) {
  const t = useTranslations("runs");
  const { hosts, nodeId, steps, stepId, kind, relative, shown, all, wrap, follow } = props;
  return (
    <header className="flex flex-wrap items-center gap-x-2 gap-y-1.5 border-b px-2 py-1.5">
      <h2 className="px-1 font-medium text-muted text-xs">{t("log")}</h2>
      <div className="flex min-w-0 gap-2 max-sm:order-3 max-sm:grid max-sm:w-full max-sm:grid-cols-3">
        <Select
          size="sm"
          aria-label={t("host")}
          className="max-w-48"
          value={nodeId ?? everything}
          onValueChange={(value) =>
            props.onPickNode(value === everything ? null : (value as NodeId))
          }
          options={[
            { value: everything, label: t("allHosts") },
            ...hosts.map((host) => ({ value: host.nodeId as string, label: host.name })),
          ]}
        />
        <Select
          size="sm"
          aria-label={t("step")}
          className="max-w-64"
          value={stepId ?? everything}
          onValueChange={(value) =>
            props.onPickStep(value === everything ? null : (value as StepId))
          }
          options={[
            { value: everything, label: t("allSteps") },
            ...steps.map(({ id, title }) => ({ value: id as string, label: title })),
          ]}
        />
        <Select
          size="sm"
          aria-label={t("lines")}
          className="max-w-48"
          value={kind ?? everything}
          onValueChange={(value) => props.onKind(value === everything ? null : (value as LineKind))}
          options={[
            { value: everything, label: t("allLines") },
            ...lineKinds.map((value) => ({
              value: value as string,
              label: t(`lineKinds.${value}`),
            })),
          ]}
        />
      </div>
      {props.find}
      <p className="ml-auto text-faint text-xs tabular-nums" aria-live="off">
        {t("lineCount", { some: String(shown < all), shown, all })}
      </p>
      <div className="flex">
        <IconButton
          icon={Timer}
          label={t("timesRelative")}
          size="sm"
          aria-pressed={relative}
          className={relative ? "bg-active text-fg" : ""}
          onClick={() => props.onRelative(!relative)}
        />
        <IconButton
          icon={WrapText}
          label={t("wrapLongLines")}
          size="sm"
          aria-pressed={wrap}
          className={wrap ? "bg-active text-fg" : ""}
          onClick={() => props.onWrap(!wrap)}
        />
        <IconButton
          icon={ArrowDownToLine}
          label={t("followTheEnd")}
          size="sm"
          aria-pressed={follow}
          className={follow ? "bg-active text-fg" : ""}
          onClick={() => props.onFollow(!follow)}
        />
        <CopyButton label={t("copyTheLinesShown")} text={props.copy} />
        <IconLink
          icon={Download}
          label={t("downloadLog", { ofStep: String(stepId !== null) })}
          href={`/api/v1/runs/${props.runId}/log${stepId ? `?step=${stepId}` : ""}`}
          download={`${props.runId}${stepId ? `-${stepId}` : ""}-log.txt`}
        />
      </div>
    </header>
  );
}
