import type { Namespace } from "./messages/en.ts";

/** What client components of every page may say: the frame and the primitives are on all of them. */
export const everywhere: readonly Namespace[] = ["frame", "ui", "words"];
