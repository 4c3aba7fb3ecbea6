/** Characters that no POSIX shell treats specially anywhere in a word. */
const plainWord = /^[A-Za-z0-9_\-./:@%+,]+$/;
/** An option with its value: an equals sign means nothing behind a dash, only in `NAME=value command`. */
const plainOption = /^-[A-Za-z0-9_\-./:@%+,=]+$/;

/**
 * Quotes one argument for a POSIX shell. The only place in the product where text becomes shell.
 *
 * @throws RangeError for a NUL byte, which no argv element can hold.
 */
export function quote(argument: string): string {
  if (argument.includes("\0")) throw new RangeError("an argument cannot hold a NUL byte");
  if (plainWord.test(argument) || plainOption.test(argument)) return argument;
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** A command line from argv elements: what is shown in a plan and what sshd's shell receives. */
export function commandLine(argv: readonly string[]): string {
  return argv.map(quote).join(" ");
}
