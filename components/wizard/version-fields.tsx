"use client";

import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Said } from "#components/ui/said.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useTranslations } from "#i18n";
import type { Catalogue } from "#lib/oms/catalogue.ts";
import { upgradePath } from "#lib/oms/upgrade-path.ts";
import type { TargetForm, VersionChoice } from "./target.ts";

const another = "another";

export interface VersionFieldsProps {
  from: string;
  choices: VersionChoice[];
  catalogue: Catalogue;
  target: TargetForm;
  errors: Record<string, string>;
  onVersion: (version: string) => void;
  onReason: (reason: string) => void;
}

/** The version to upgrade to; a path the vendor does not document needs words that the audit keeps. */
export function VersionFields({
  from,
  choices,
  catalogue,
  target,
  errors,
  onVersion,
  onReason,
}: VersionFieldsProps) {
  const t = useTranslations("wizard");
  const { version } = target;
  const [typed, setTyped] = useState(!choices.some((choice) => choice.version === version));
  const complete = /^\d+\.\d+\.\d+$/.test(version);
  const versions = [...target.via.map((hop) => hop.version), ...(complete ? [version] : [])];
  const paths = versions.map((to, index) => ({
    to,
    from: versions[index - 1] ?? from,
    path: upgradePath(versions[index - 1] ?? from, to, catalogue),
  }));
  const warnings = new Set(paths.flatMap(({ path }) => path.warnings));
  const unlisted = paths.filter(({ path }) => path.unlisted !== null);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t("upgradeTo")}
          name="targetVersion"
          {...(!typed && { error: errors.version })}
          hint={t("runsNow", { from })}
        >
          {({ name: _, ...control }) => (
            <Select
              {...control}
              value={typed ? another : version}
              onValueChange={(next) => {
                setTyped(next === another);
                onVersion(next === another ? "" : next);
              }}
              options={[
                ...choices.map((choice) => ({
                  value: choice.version,
                  label: choice.version,
                  hint: choice.documented
                    ? t("documentedFrom", { from })
                    : choice.over
                      ? t("inHopsOver", {
                          hops: choice.over.length + 1,
                          releases: choice.over.join(t("and")),
                        })
                      : t("notDocumentedFrom", { from }),
                })),
                { value: another, label: t("anotherVersion") },
              ]}
            />
          )}
        </Field>
        {typed && (
          <Field label={t("version")} name="version" error={errors.version}>
            {(control) => (
              <Input
                {...control}
                mono
                autoComplete="off"
                placeholder="4.2.11"
                value={version}
                onChange={(event) => onVersion(event.target.value.trim())}
              />
            )}
          </Field>
        )}
      </div>
      {[...warnings].map((warning) => (
        <Notice key={warning}>
          <Said>{warning}</Said>
        </Notice>
      ))}
      {unlisted.map((one) => (
        <Notice key={one.to} tone="warn" title={t("fromToIsNotA", { from: one.from, to: one.to })}>
          {one.path.unlisted && <Said>{one.path.unlisted}</Said>}
        </Notice>
      ))}
      {unlisted.length > 0 && (
        <Field
          label={t("whyHere")}
          name="unlistedPathReason"
          error={errors.unlistedPathReason}
          hint={t("whyHint")}
        >
          {(control) => (
            <Textarea
              {...control}
              value={target.unlistedPathReason}
              onChange={(event) => onReason(event.target.value)}
            />
          )}
        </Field>
      )}
    </>
  );
}
