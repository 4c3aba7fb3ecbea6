/** What line `number` (from 1) of a long log says: its number, and more or less text. Pure. */
export function longLogLine(number: number): string {
  const words = "INFO  copied rows of oms_rm.dts_link_store_checkpoint, 目标库 oms_cm ";
  const length = 40 + (number % 97);
  return `#${String(number).padStart(7, "0")} ${words.repeat(3).slice(0, length)}`;
}

/**
 * Output that no page may show as it is, in the pieces in which it comes: colours, a progress bar, a
 * window's title, a line without end, a page of zeros, marks that turn text around, markup.
 */
export const hostileOutput: readonly string[] = [
  "colours: \x1b[31mred\x1b[0m \x1b[1;32mbold green\x1b[0m \x1b[33m",
  "yellow over\ntwo lines\x1b[0m plain\n",
  "pulling  10%\rpulling  55%\r",
  "pulling 100%\rpulled\n",
  "title: \x1b]0;owned\x07\x1b]2;owned\x1b\\gone\n",
  "unclosed: \x1b]0;owned\nafter the unclosed title\n",
  "cut here: \x1b[3",
  "1mred again\x1b[0m\n",
  `zeros: ${"\0".repeat(4_000)}end\n`,
  "bells: \x07\x07 cursor: \x1b[2J\x1b[10;10H\x1b[?25l end\n",
  "turned: \u202eSELECT\u202c end\n",
  "<script>document.title='owned'</script><img src=x onerror=alert(1)>\n",
  "typo\b\b\b\bfixed\n",
  "windows line\r\n",
  ...Array.from({ length: 64 }, () => "one line of a million characters ".repeat(512)),
  "\n",
  "the line after it\n",
];
