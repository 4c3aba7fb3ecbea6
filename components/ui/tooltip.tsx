"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";

export type TooltipSide = "top" | "right" | "bottom" | "left";

export interface TooltipProps {
  /** A few words. Never the only place where something is said. */
  content: ReactNode;
  side?: TooltipSide;
  /** One element that takes focus. */
  children: ReactNode;
}

/** A short explanation on hover and on focus; Escape puts it away, and the pointer may rest on it. */
export function Tooltip({ content, side = "top", children }: TooltipProps) {
  return (
    <Primitive.Provider delayDuration={350}>
      <Primitive.Root>
        <Primitive.Trigger
          asChild
          onFocus={(event) => {
            // The focus that comes back from a menu or a dialog explains nothing.
            if (!event.currentTarget.matches(":focus-visible")) event.preventDefault();
          }}
        >
          {children}
        </Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 animate-appear rounded-md bg-fg px-2 py-1 text-surface text-xs"
          >
            {content}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}
