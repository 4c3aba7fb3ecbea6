import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
import { sourceFiles } from "./source-files.ts";
import { wordsOutside } from "./words-outside.ts";

/** What routes answer is for programs, or is the core's own words. */
const isSeen = ({ fileName }: ts.SourceFile) => !fileName.endsWith("/route.ts");

test("no page and no component says anything that is not in the catalogues", () => {
  assert.deepEqual(sourceFiles("app", "components").filter(isSeen).flatMap(wordsOutside), []);
});

test("words are found wherever a person would see them, and nowhere else", () => {
  const found = (source: string) =>
    wordsOutside(ts.createSourceFile("a.tsx", source, ts.ScriptTarget.Latest, true)).map((line) =>
      line.slice(line.indexOf(" ") + 1),
    );
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: sources with templates in them.
  const seen: [source: string, words: string[]][] = [
    ["<p>Stop it</p>", ["Stop it"]],
    ["<p>{name} stops</p>", ["stops"]],
    ["<p>{on ? 'on' : other}</p>", ["on"]],
    ["<p>{more && `and ${more} more`}</p>", ["and more"]],
    ["<Field label='name' />", ["name"]],
    ["<Field label={`of ${name}`} />", ["of"]],
    ["const rows = [{ label: 'when', value: when }]", ["when"]],
    ["const rows = [{ label, value: `${n} nodes of ${all}` }]", ["nodes of"]],
    ["toast.success('The user was added')", ["The user was added"]],
    ["const words = { stop: 'Stopping' }", ["Stopping"]],
    ["function say() { return 'Give a reason first.'; }", ["Give a reason first."]],
    ["<p className='flex items-center gap-2'>{t('stop')}</p>", []],
    ["<p aria-label={t('stop')}>Uplift</p>", []],
    ["if (kind === 'Some kind') throw new Error('Cannot happen here');", []],
    ["const look = cn('grid gap-2', on && 'font-medium text-fg');", []],
    ["<Select value='dashboard' />", []],
  ];
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above.
  for (const [source, words] of seen) assert.deepEqual(found(source), words, source);
});
