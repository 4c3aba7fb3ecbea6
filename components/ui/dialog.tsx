"use client";

import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from "react";
import { fetchAhead } from "#components/ui/fetch-ahead.ts";

/** Fetched when somebody comes near a button that opens one. */
const box = () => import("./dialog-box.tsx");

const DialogBox = lazy(() => box().then((loaded) => ({ default: loaded.DialogBox })));
/** Makes the button inside it close the dialog around it. */
export const DialogClose = lazy(() => box().then((loaded) => ({ default: loaded.DialogClose })));

/** A button that opens something. */
export type TriggerElement = ReactElement<{
  "aria-haspopup"?: "dialog";
  "aria-expanded"?: boolean;
  onClick?: () => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
}>;

export interface DialogProps {
  title: ReactNode;
  /** One sentence under the title. */
  description?: ReactNode;
  /** The button that opens it; leave it out when `open` is given. */
  trigger?: TriggerElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The buttons, the next action last. */
  footer?: ReactNode;
  size?: "sm" | "md" | "lg";
  /** `alertdialog` for a question that must be answered: a click outside does not close it. */
  role?: "dialog" | "alertdialog";
  children?: ReactNode;
}

/** A modal dialog; on a narrow screen it rises from the lower edge. */
export function Dialog({ trigger, open, onOpenChange, ...rest }: DialogProps) {
  const [openHere, setOpenHere] = useState(false);
  const [wanted, setWanted] = useState(false);
  const isOpen = open ?? openHere;
  // Once open it stays, closed: it has to give the focus back.
  if (isOpen && !wanted) setWanted(true);
  const change = (next: boolean) => {
    setOpenHere(next);
    onOpenChange?.(next);
  };
  const come = () => fetchAhead(box);
  return (
    <>
      {trigger &&
        cloneElement(trigger, {
          "aria-haspopup": "dialog",
          "aria-expanded": isOpen,
          onClick: () => change(true),
          onPointerEnter: come,
          onFocus: come,
        })}
      {wanted && (
        <Suspense>
          <DialogBox {...rest} open={isOpen} onOpenChange={change} />
        </Suspense>
      )}
    </>
  );
}
