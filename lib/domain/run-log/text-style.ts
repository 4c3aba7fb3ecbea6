/** The colours that a log tells apart; what they look like is the theme's business. */
export type Colour = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan" | "grey";

export interface Style {
  /** Null: the colour of text. Black and white count as that: one of them is always unreadable. */
  colour: Colour | null;
  bold: boolean;
}

export const plainStyle: Style = { colour: null, bold: false };

const basic: readonly (Colour | null)[] = [
  ...[null, "red", "green", "yellow", "blue", "magenta", "cyan", null],
] as const;

/**
 * The style after a "select graphic rendition" sequence (ECMA-48, 8.3.117). Pure.
 *
 * @param parameters what stands between `ESC [` and `m`, e.g. `1;31`; empty resets
 */
export function styleAfter(before: Style, parameters: string): Style {
  let { colour, bold } = before;
  const numbers = parameters.split(/[;:]/).map(Number);
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] ?? 0;
    if (number === 0) [colour, bold] = [null, false];
    else if (number === 1) bold = true;
    else if (number === 22) bold = false;
    else if (number === 39) colour = null;
    else if (number >= 30 && number <= 37) colour = basic[number - 30] ?? null;
    else if (number === 90) colour = "grey";
    else if (number >= 91 && number <= 97) colour = basic[number - 90] ?? null;
    else if (number === 38 || number === 48) {
      // 38;5;N and 38;2;R;G;B: of the palette only the basic sixteen have a name here.
      const [space, index] = [numbers[at + 1], numbers[at + 2] ?? 0];
      if (number === 38) colour = space === 5 ? paletteColour(index) : null;
      at += space === 5 ? 2 : space === 2 ? 4 : 0;
    }
  }
  return colour === null && !bold ? plainStyle : { colour, bold };
}

function paletteColour(index: number): Colour | null {
  return index === 8 ? "grey" : (basic[index % 8] ?? null);
}
