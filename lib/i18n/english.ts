import { speakEnglish } from "../domain/message.ts";
import { wordsOf } from "./words-of.ts";

/** What the core says, in English: for logs, exports and the command line. */
export const english = wordsOf("en");

/** Whatever starts a process imports this file: from then on its log and its errors speak English. */
speakEnglish(english);
