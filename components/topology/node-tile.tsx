import { cn } from "#components/ui/class-names.ts";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { states, toneBox, toneText } from "#components/ui/states.ts";
import { useSaid } from "#i18n";
import type { Node } from "#lib/domain/inventory.ts";
import type { NodeLook } from "./node-look.ts";

export interface NodeTileProps {
  node: Pick<Node, "name" | "address">;
  look: NodeLook;
  small: boolean;
  picked: boolean;
  onPick: () => void;
}

/** A node in the picture; pressing it shows its details. */
export function NodeTile({ node, look, small, picked, onPick }: NodeTileProps) {
  const said = useSaid();
  const { state, word } = look;
  const more = look.more && said(look.more);
  const { tone } = states[state];
  const loud = tone !== "ok" && tone !== "idle";
  return (
    <button
      type="button"
      aria-pressed={picked}
      // A large tile shows its name; another one than the one shown could not be spoken to.
      aria-label={small ? `${node.name}: ${word}` : undefined}
      title={more ? `${node.name}: ${word}, ${more}` : `${node.name}: ${word}`}
      onClick={onPick}
      className={cn(
        "w-full min-w-0 rounded-md border bg-raised text-left transition-colors hover:border-control",
        small ? "grid h-7 place-items-center" : "grid gap-0.5 px-2.5 py-1.5",
        loud && toneBox[tone],
        picked && "border-accent outline-1 outline-accent",
      )}
    >
      {small ? (
        <StateGlyph state={state} className={cn("size-3.5", toneText[tone])} />
      ) : (
        <>
          <span className="truncate font-medium text-fg text-sm">{node.name}</span>
          <span className="truncate font-mono text-muted text-xs">{node.address}</span>
          <span className={cn("flex items-center gap-1.5 text-xs", toneText[tone])}>
            <StateGlyph state={state} className="size-3.5" />
            <span className="truncate">{word}</span>
          </span>
        </>
      )}
    </button>
  );
}
