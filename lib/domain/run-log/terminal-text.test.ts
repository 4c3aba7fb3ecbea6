import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { TerminalText } from "./terminal-text.ts";

/** The lines that are left of a text, the open one last if it says anything. */
function linesOf(...pieces: string[]): string[] {
  const terminal = new TerminalText();
  let open = "";
  const ended = pieces.flatMap((piece) => {
    const written = terminal.push(piece);
    open = written.open.text;
    return written.ended.map(({ text }) => text);
  });
  return open === "" ? ended : [...ended, open];
}

describe("what is left of a program's output", () => {
  const cases: [string, string, string[]][] = [
    ["plain lines", "a\n\nb\tc\n", ["a", "", "b\tc"]],
    ["a line that has not ended", "a\nb", ["a", "b"]],
    ["other scripts and emoji", "\u676d\u5dde \ud83d\udc4d\n", ["\u676d\u5dde \ud83d\udc4d"]],
    ["lines that end as on Windows", "a\r\nb\r\n", ["a", "b"]],
    ["a progress bar", "10%\r20%\r100%\nnext", ["100%", "next"]],
    ["a progress bar that got shorter", "100%\rok\n", ["ok"]],
    ["a line erased by a sequence", "abc\r\x1b[K\ndef\x1b[2Kg\n", ["", "g"]],
    ["a carriage return with nothing behind it", "abc\r", ["abc"]],
    ["backspaces", "abx\bc\b\b\b\b\bd\n", ["d"]],
    ["a backspace over an emoji", "a\ud83d\udc4d\bb\n", ["ab"]],
    ["colours", "\x1b[1;31mred\x1b[0m plain\x1b[m\n", ["red plain"]],
    ["colours in eight bits", "\x9b31mred\n", ["red"]],
    ["cursor movements", "\x1b[2J\x1b[H\x1b[10;20Hhere\x1b[?25l\n", ["here"]],
    ["a title, closed by a bell", "\x1b]0;owned\x07text\n", ["text"]],
    ["a title, closed by ST", "\x1b]2;owned\x1b\\text\n", ["text"]],
    ["a title in eight bits", "\x9d0;owned\x9ctext\n", ["text"]],
    ["a title that is never closed", "a\x1b]0;owned\nb\n", ["a", "b"]],
    [
      "a link",
      "\x1b]8;;https://example.com\x1b\\here\x1b]8;;\x1b\\ and there\n",
      ["here and there"],
    ],
    ["a device string", "\x1bPq#0;2;0;0;0\x1b\\text\n", ["text"]],
    ["a character set and a keypad mode", "\x1b(B\x1b=\x1b>\x1b7text\x1b8\n", ["text"]],
    ["zeros and bells", "\0\0a\0b\x07\x0e\x0f\x7f\n", ["ab"]],
    ["marks that turn the line around", "a\u202eb\u2066c\u2069\n", ["abc"]],
    ["a lone escape character", "a\x1b\nb\x1b", ["a", "b"]],
    ["a sequence that is none", "a\x1b[12\nb\n", ["a12", "b"]],
    ["an endless sequence", `\x1b[${"1;".repeat(400)}\n`, ["1;".repeat(400)]],
  ];
  for (const [name, text, lines] of cases) {
    test(name, () => {
      assert.deepEqual(linesOf(text), lines);
      // Pieces may be cut anywhere, and no cut may show.
      for (let cut = 1; cut < Math.min(text.length, 80); cut++) {
        assert.deepEqual(linesOf(text.slice(0, cut), text.slice(cut)), lines, `cut at ${cut}`);
      }
      assert.deepEqual(linesOf(...text), lines, "character by character");
    });
  }
});

test("colours stand beside the text, and go on over lines and pieces until they are reset", () => {
  const terminal = new TerminalText();
  const first = terminal.push("a \x1b[31mred\x1b[1m bold\nnext");
  assert.deepEqual(first.ended, [
    {
      text: "a red bold",
      coloured: [
        { from: 2, to: 5, colour: "red", bold: false },
        { from: 5, to: 10, colour: "red", bold: true },
      ],
    },
  ]);
  assert.deepEqual(first.open.coloured, [{ from: 0, to: 4, colour: "red", bold: true }]);
  const second = terminal.push(" line\x1b[0m end\nplain\n");
  assert.deepEqual(second.ended, [
    { text: "next line end", coloured: [{ from: 0, to: 9, colour: "red", bold: true }] },
    { text: "plain", coloured: null },
  ]);
});

test("a line begun again has only its new colours", () => {
  const terminal = new TerminalText();
  const { ended } = terminal.push("\x1b[33m50%\x1b[0m\rdone\nab\x1b[32mcd\b\b\b\x1b[0m\n");
  assert.deepEqual(ended, [
    { text: "done", coloured: null },
    { text: "a", coloured: null },
  ]);
});

test("a line of many megabytes, and one of colours alone, are taken in time", () => {
  const terminal = new TerminalText();
  // Of this process alone: the machine may be busy with other tests.
  const from = process.cpuUsage();
  for (let piece = 0; piece < 1_000; piece++) terminal.push("x".repeat(16 * 1024));
  assert.equal(terminal.push("\n").ended[0]?.text.length, 1_000 * 16 * 1024);
  const noise = "\x1b[31ma\x1b[32mb".repeat(50_000);
  const line = terminal.push(`${noise}${"\b".repeat(90_000)}\n`).ended[0];
  assert.equal(line?.text.length, 10_000);
  assert.ok((line?.coloured?.length ?? 0) <= 500);
  assert.ok(process.cpuUsage(from).user < 5_000_000);
});
