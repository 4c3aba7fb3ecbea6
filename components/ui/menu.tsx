"use client";

import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from "react";
import { fetchAhead } from "#components/ui/fetch-ahead.ts";

/** What a menu is made of is fetched when somebody comes near its button. */
const parts = () => import("./menu-parts.tsx");

const OpenedMenu = lazy(() => parts().then((loaded) => ({ default: loaded.OpenedMenu })));
export const MenuItem = lazy(() => parts().then((loaded) => ({ default: loaded.MenuItem })));
export const MenuChoice = lazy(() =>
  parts().then((loaded) => ({ default: loaded.MenuChoice })),
) as unknown as typeof import("./menu-parts.tsx").MenuChoice;
export const MenuSeparator = lazy(() =>
  parts().then((loaded) => ({ default: loaded.MenuSeparator })),
);

interface TriggerProps {
  "aria-haspopup"?: "menu";
  "aria-expanded"?: boolean;
  onClick?: () => void;
  onKeyDown?: (event: React.KeyboardEvent) => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
}

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement<TriggerProps>;
  align?: "start" | "end";
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
}

/** A menu of actions behind a button. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false);
  const want = () => setWanted(true);
  const come = () => fetchAhead(parts);
  const closed = cloneElement(props.trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick: want,
    onKeyDown: (event) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      want();
    },
    onPointerEnter: come,
    onFocus: come,
  });
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <OpenedMenu {...props} />
    </Suspense>
  );
}
