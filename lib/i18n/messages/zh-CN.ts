import type { Messages } from "./en.ts";
import auth from "./zh-CN/auth.json" with { type: "json" };
import frame from "./zh-CN/frame.json" with { type: "json" };
import locks from "./zh-CN/locks.json" with { type: "json" };
import settings from "./zh-CN/settings.json" with { type: "json" };
import ui from "./zh-CN/ui.json" with { type: "json" };
import words from "./zh-CN/words.json" with { type: "json" };

export const zhCN: Messages = { auth, frame, locks, settings, ui, words };
