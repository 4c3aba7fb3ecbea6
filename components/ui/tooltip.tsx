"use client";

import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { placeBeside, type TooltipSide } from "#components/ui/place-beside.ts";

export type { TooltipSide };

/** Before it appears under a resting pointer, and before it goes when the pointer has left, ms. */
const delayMs = { show: 350, hide: 100 };

export interface TooltipProps {
  /** A few words. Never the only place where something is said. */
  content: ReactNode;
  side?: TooltipSide;
  /** One element that takes focus. */
  children: ReactNode;
}

/** A short explanation on hover and on focus; Escape puts it away, and the pointer may rest on it. */
export function Tooltip({ content, side = "top", children }: TooltipProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [open, setOpen] = useState(false);
  const later = (next: boolean, ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(next), ms);
  };
  const close = () => {
    clearTimeout(timer.current);
    setOpen(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what its one element takes.
    <span
      ref={anchor}
      className="contents"
      onPointerEnter={({ pointerType }) => pointerType === "mouse" && later(true, delayMs.show)}
      onPointerLeave={() => later(false, delayMs.hide)}
      onPointerDown={close}
      onFocus={({ target }) => target.matches(":focus-visible") && setOpen(true)}
      onBlur={close}
      onKeyDown={({ key }) => key === "Escape" && close()}
    >
      {children}
      {open && <Tip anchor={anchor.current?.firstElementChild} {...{ side, content }} />}
    </span>
  );
}

interface TipProps {
  anchor: Element | null | undefined;
  side: TooltipSide;
  content: ReactNode;
}

function Tip({ anchor, side, content }: TipProps) {
  const tip = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!anchor || !tip.current) return;
    const { style } = tip.current;
    const at = placeBeside(
      anchor.getBoundingClientRect(),
      tip.current.getBoundingClientRect(),
      side,
      {
        width: document.documentElement.clientWidth,
        height: window.innerHeight,
      },
    );
    style.left = `${at.left}px`;
    style.top = `${at.top}px`;
  }, [anchor, side]);
  return createPortal(
    <div
      ref={tip}
      role="tooltip"
      className="fixed top-0 left-0 z-50 max-w-72 animate-appear rounded-md bg-fg px-2 py-1 text-surface text-xs"
    >
      {content}
    </div>,
    document.body,
  );
}
