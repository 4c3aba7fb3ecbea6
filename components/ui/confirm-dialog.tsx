"use client";

import { type ReactElement, type ReactNode, useId, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useSaid, useTranslations } from "#i18n";

export interface ConfirmDialogProps {
  /** The question: "Roll back OMS Hangzhou?" */
  title: ReactNode;
  description?: ReactNode;
  /** What will be destroyed or stopped, one sentence each. */
  consequences: readonly ReactNode[];
  /** What brings it back, if anything does. */
  recovery?: ReactNode;
  /** The name to type; without it the button is ready at once. */
  name?: string;
  /** What the name is of; a deployment, unless said otherwise. */
  nameOf?: string;
  /** The verb on the button: "Drop 4 databases". */
  action: string;
  /** The word on the button that leaves everything as it is: "Cancel" unless it is what is asked. */
  dismiss?: string;
  tone?: "danger" | "primary";
  /** Runs the action. Return (or throw an Error with) a message to keep the dialog open with it. */
  // biome-ignore lint/suspicious/noConfusingVoidType: an action that returns nothing succeeded.
  onConfirm: () => Promise<string | undefined | void>;
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** More to decide or to say, below the consequences: a reason, a setting. */
  children?: ReactNode;
}

/** Asks before something that cannot simply be taken back, by having a name typed. */
export function ConfirmDialog({
  name,
  nameOf,
  consequences,
  recovery,
  action,
  dismiss,
  tone = "danger",
  onConfirm,
  open,
  onOpenChange,
  children,
  ...dialog
}: ConfirmDialogProps) {
  const t = useTranslations("ui");
  const said = useSaid();
  const [openHere, setOpenHere] = useState(false);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, startTransition] = useTransition();
  const id = useId();
  const matches = name === undefined || typed.trim() === name;

  function changeOpen(next: boolean) {
    if (pending) return;
    setTyped("");
    setProblem(undefined);
    setOpenHere(next);
    onOpenChange?.(next);
  }

  function confirm() {
    if (!matches || pending) return;
    startTransition(async () => {
      let message: string | undefined;
      try {
        message = (await onConfirm()) ?? undefined;
      } catch (error) {
        message = error instanceof Error ? error.message : t("thatDidNotWorkTry");
      }
      if (message !== undefined) return setProblem(message);
      setTyped("");
      setProblem(undefined);
      setOpenHere(false);
      onOpenChange?.(false);
    });
  }

  return (
    <Dialog
      {...dialog}
      role="alertdialog"
      size="md"
      open={open ?? openHere}
      onOpenChange={changeOpen}
      footer={
        <>
          <DialogClose>
            <Button disabled={pending}>{dismiss ?? t("cancel")}</Button>
          </DialogClose>
          <Button
            type="submit"
            form={`${id}-form`}
            variant={tone}
            disabled={!matches}
            loading={pending}
          >
            {action}
          </Button>
        </>
      }
    >
      <form
        id={`${id}-form`}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <ul className="grid list-disc gap-1 pl-4 text-sm marker:text-faint">
          {consequences.map((consequence, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of sentences.
            <li key={index}>{consequence}</li>
          ))}
        </ul>
        {recovery && <Notice tone="neutral">{recovery}</Notice>}
        {children}
        {name !== undefined && (
          <div className="grid gap-1.5">
            <label htmlFor={id} className="text-sm">
              {t.rich("typeTheName", {
                nameOf: nameOf ?? t("deployment"),
                name,
                strong: (chunks) => (
                  <strong className="select-all font-medium [overflow-wrap:anywhere]">
                    {chunks}
                  </strong>
                ),
              })}
            </label>
            <Input
              id={id}
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
        )}
        {problem && (
          <Notice tone="fail" role="alert">
            {said(problem)}
          </Notice>
        )}
      </form>
    </Dialog>
  );
}
