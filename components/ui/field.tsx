import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "#components/ui/class-names.ts";
import { useTranslations } from "#i18n";

/** What a control needs to be tied to its label, its hint and its error: spread it. */
export interface ControlProps {
  id: string;
  name?: string;
  required?: boolean;
  "aria-labelledby": string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

export interface FieldProps {
  label: ReactNode;
  /** The control's `name`; also its id, so that a form's summary of errors can link to it. */
  name?: string;
  hint?: ReactNode;
  /** What is wrong and how to mend it. The first is shown, as a service may return several. */
  error?: string | readonly string[] | undefined;
  required?: boolean;
  /** Says "optional" beside the label. */
  optional?: boolean;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}

/** A labelled control: `<Field label="Host" name="host">{(c) => <Input {...c} mono />}</Field>`. */
export function Field({
  label,
  name,
  hint,
  error,
  required,
  optional,
  className,
  children,
}: FieldProps) {
  const t = useTranslations("ui");
  const made = useId();
  const id = name ?? made;
  const message = typeof error === "string" ? error : error?.[0];
  const described = [hint && `${id}-hint`, message && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={cn("grid content-start gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <label id={`${id}-label`} htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        {optional && <span className="text-faint text-xs">{t("optional")}</span>}
      </div>
      {children({
        id,
        "aria-labelledby": `${id}-label`,
        ...(name !== undefined && { name }),
        ...(required && { required }),
        ...(described && { "aria-describedby": described }),
        ...(message && { "aria-invalid": true as const }),
      })}
      {message && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-fail text-xs">
          <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden="true" />
          {message}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}
