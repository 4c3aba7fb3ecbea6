"use client";

import { createContext, type ReactNode, useContext } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { CredentialView } from "#lib/operations/credentials.ts";
import { type DeploymentForm, type NodeForm, type RegionForm, valueAt } from "./form-model.ts";

export interface FormApi {
  form: DeploymentForm;
  /** Sets one value by its dotted path. */
  set: (path: string, value: unknown) => void;
  /** Changes a node wherever it is by now: for answers that took a while. */
  patchNode: (key: string, change: (node: NodeForm) => NodeForm) => void;
  /** The same for a region. */
  patchRegion: (key: string, change: (region: RegionForm) => RegionForm) => void;
  /** Messages by dotted path. */
  errors: Record<string, string>;
  credentials: CredentialView[];
  addCredential: (credential: CredentialView) => void;
}

const Context = createContext<FormApi | null>(null);

export function FormProvider({ value, children }: { value: FormApi; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

/** The form around this component. @throws Error outside of one */
export function useForm(): FormApi {
  const api = useContext(Context);
  if (!api) throw new Error("this belongs inside a FormProvider");
  return api;
}

export interface TextFieldProps {
  path: string;
  label: string;
  hint?: ReactNode;
  mono?: boolean;
  optional?: boolean;
  inputMode?: "numeric";
  placeholder?: string;
  className?: string;
  /** Something else must change with it. */
  onChange?: (text: string) => void;
}

/** A text box bound to one value of the form. */
export function TextField({
  path,
  label,
  hint,
  optional,
  className,
  onChange,
  ...input
}: TextFieldProps) {
  const { form, set, errors } = useForm();
  const value = valueAt(form, path);
  return (
    <Field
      label={label}
      name={path}
      hint={hint}
      error={errors[path]}
      {...(optional && { optional })}
      {...(className && { className })}
    >
      {(control) => (
        <Input
          {...control}
          {...input}
          autoComplete="off"
          value={typeof value === "string" ? value : ""}
          onChange={(event) => {
            set(path, event.target.value);
            onChange?.(event.target.value);
          }}
        />
      )}
    </Field>
  );
}
