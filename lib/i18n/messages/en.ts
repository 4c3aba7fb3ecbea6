import auth from "./en/auth.json" with { type: "json" };
import frame from "./en/frame.json" with { type: "json" };
import locks from "./en/locks.json" with { type: "json" };
import settings from "./en/settings.json" with { type: "json" };
import ui from "./en/ui.json" with { type: "json" };
import words from "./en/words.json" with { type: "json" };

/** What the dashboard says, by namespace: a folder of components, and `words` for what all of them say. */
export const en = { auth, frame, locks, settings, ui, words };

export type Messages = typeof en;
export type Namespace = keyof Messages;
