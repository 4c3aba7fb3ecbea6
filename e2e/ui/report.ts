export interface PageFigures {
  name: string;
  /** The most of its looks, bytes over the wire. */
  scriptBytes: number;
  /** The most of its looks. */
  shift: number;
}

export interface ScoreFigures {
  name: string;
  performance: number;
  accessibility: number;
}

/** The figures as Markdown: scores, then pages with the heaviest first. Pure. */
export function figuresTable(
  pages: readonly PageFigures[],
  scores: readonly ScoreFigures[],
): string {
  const heaviest = [...pages].sort((a, b) => b.scriptBytes - a.scriptBytes);
  return [
    "| Lighthouse, desktop, median of 3 | performance | accessibility |",
    "|---|---|---|",
    ...scores.map(
      ({ name, performance, accessibility }) => `| ${name} | ${performance} | ${accessibility} |`,
    ),
    "",
    "| page | script, kB over the wire | layout shift |",
    "|---|---|---|",
    ...heaviest.map(
      ({ name, scriptBytes, shift }) =>
        `| ${name} | ${(scriptBytes / 1000).toFixed(0)} | ${shift.toFixed(3)} |`,
    ),
  ].join("\n");
}
