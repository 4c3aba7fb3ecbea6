import { anchorFile, clientFile, passFiles, takeFiles } from "./client-login.ts";
import { type Command, command } from "./command.ts";
import { looks } from "./looks.ts";

/**
 * A program that only an image has, in a container of its own that goes when it ends. It sees the host's
 * network, so that it reaches the MetaDB as the host does; what it writes is not kept in Docker's log,
 * which would be a second copy of a dump on the host's disk.
 */
function inImage(image: string, network: "host" | "none", entrypoint: string, ...words: string[]) {
  const options = [
    ...["--network", network, "--log-driver", "none"],
    ...["-e", "LC_ALL=C", "-e", "MYSQL_TEST_LOGIN_FILE=/dev/null", "--entrypoint", entrypoint],
  ];
  return command("docker", "run", "--rm", "-i", ...options, image, ...words);
}

/**
 * The first process of a container ignores what asks it to end, unless it says what it does then: so a shell
 * is first, and passes on that the job was cancelled. Process 1 only: outside of a container the signal would
 * reach everybody.
 */
const reaped = `trap '[ "$$" = 1 ] && kill -TERM -1' TERM INT HUP
while :; do wait $!; code=$?; kill -0 $! 2>/dev/null || exit "$code"; done`;

/** Files of the log-in go ahead of what a program reads, and are files again in the container. */
function withFiles(words: readonly string[]): boolean {
  return words.some((word) => word.endsWith(`=${anchorFile}`) || word.endsWith(`=${clientFile}`));
}
const filesAhead = `{ ${passFiles}\ncat; } | "$@"`;

/** A tool of the image with its standard input and output passed on. */
export function imageTool(image: string, program: string, ...words: string[]): Command {
  const files = withFiles(words);
  const text = `${files ? takeFiles : ""}exec 4<&0\n"$@" <&4 4<&- &\n${reaped}`;
  const inside = inImage(image, "host", "sh", "-c", text, "sh", program, ...words);
  return files ? command("sh", "-c", filesAhead, "sh", ...inside.argv) : inside;
}

/**
 * Two lines of options and then the dump arrive on one standard input: the lines are read one byte at a
 * time by the shell, and what follows is left for the client. The password is in no argument.
 */
const within = `IFS= read -r head && IFS= read -r line || exit 1
exec 4<&0
{ printf '%s\\n%s\\n' "$head" "$line" | "$@" 3<&0 <&4 4<&-; } &
${reaped}`;
/** On the host: the options of descriptor 3 go ahead of the dump, because nothing else enters a container. */
const ahead = `{ cat <&3; cat; } | "$@" 3<&-`;
const allAhead = `{ ${passFiles}\ncat <&3; cat; } | "$@" 3<&-`;

/** A client of the image that wants its options on descriptor 3 and the dump on standard input. */
export function imageClient(image: string, program: string, ...words: string[]): Command {
  const files = withFiles(words);
  const text = files ? takeFiles + within : within;
  const { argv } = inImage(image, "host", "sh", "-c", text, "sh", program, ...words);
  return command("sh", "-c", files ? allAhead : ahead, "sh", ...argv);
}

/** `looks.dumpTools`, asked of an image. */
export function dumpToolsInImage(image: string): Command {
  const [, , text = ""] = looks.dumpTools().argv;
  return inImage(image, "none", "sh", "-c", text);
}
