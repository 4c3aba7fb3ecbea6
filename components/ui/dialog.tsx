"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import { type ReactElement, type ReactNode, useRef } from "react";
import { cn } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useTranslations } from "#i18n";

export interface DialogProps {
  title: ReactNode;
  /** One sentence under the title. */
  description?: ReactNode;
  /** The button that opens it; leave it out when `open` is given. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The buttons, the next action last. */
  footer?: ReactNode;
  size?: "sm" | "md" | "lg";
  /** `alertdialog` for a question that must be answered: a click outside does not close it. */
  role?: "dialog" | "alertdialog";
  children?: ReactNode;
}

/** What has the focus at first: a question's way back, else what is filled in. */
const firstStop = {
  alertdialog: "footer>button",
  dialog: "input,select,textarea,footer>button",
};

const widths = { sm: "sm:max-w-md", md: "sm:max-w-lg", lg: "sm:max-w-3xl" };

/** A modal dialog; on a narrow screen it rises from the lower edge. */
export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  footer,
  size = "md",
  role = "dialog",
  children,
}: DialogProps) {
  const t = useTranslations("ui");
  /** Had the focus before, and gets it back. */
  const opener = useRef<HTMLElement>(null);
  return (
    <Primitive.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      {trigger && <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>}
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 animate-appear bg-scrim" />
        <Primitive.Content
          role={role}
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement as HTMLElement | null;
            const box = event.currentTarget as HTMLElement;
            const first = box.querySelector<HTMLElement>(firstStop[role]);
            if (!first) return;
            event.preventDefault();
            first.focus();
          }}
          onCloseAutoFocus={() => opener.current?.focus()}
          {...(role === "alertdialog" && {
            onInteractOutside: (event: Event) => event.preventDefault(),
          })}
          {...(!description && { "aria-describedby": undefined })}
          className={cn(
            "fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] animate-rise flex-col rounded-t-lg",
            "border border-line-strong bg-raised shadow-lift outline-none",
            "sm:inset-x-4 sm:top-[12vh] sm:bottom-auto sm:mx-auto sm:max-h-[80dvh] sm:rounded-lg",
            widths[size],
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="font-semibold text-lg [overflow-wrap:anywhere]">
                {title}
              </Primitive.Title>
              {description && (
                <Primitive.Description className="mt-0.5 text-muted text-sm">
                  {description}
                </Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <IconButton icon={X} label={t("close")} size="sm" className="-mr-2" />
            </Primitive.Close>
          </header>
          {children && <div className="min-h-0 overflow-y-auto px-5 pb-4">{children}</div>}
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">
              {footer}
            </footer>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Makes the button inside it close the dialog around it. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <Primitive.Close asChild>{children}</Primitive.Close>;
}
