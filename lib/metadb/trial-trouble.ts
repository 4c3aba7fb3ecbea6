import { dumpExit } from "#lib/commands/dump-scripts.ts";
import type { ErrorCode } from "#lib/domain/errors.ts";
import type { DumpTool, DumpTrial } from "#lib/domain/facts.ts";
import { flavourOf, type ServerIdentity, serverName } from "#lib/domain/flavour.ts";
import { scratchGrant } from "#lib/domain/rehearsal.ts";

/** Of what a remedy speaks. */
export interface TrialPlace {
  /** The node's name. */
  node: string;
  /** The MetaDB's user. */
  user: string;
  server: ServerIdentity;
  tool: DumpTool;
  /** Where the backups are to be. */
  directory: string;
}

type Trouble = NonNullable<DumpTrial["trouble"]>;

/** For a trial whose programs did not end in time, as of timeout(1). */
export const trialTimedOut = 124;

/** What it means that the script ended with this code; null: it worked. */
const meanings: Partial<Record<number, { code: ErrorCode; what: (place: TrialPlace) => string }>> =
  {
    [dumpExit.directory]: {
      code: "trial.directory",
      what: ({ node, directory }) => `Backups cannot be written to ${directory} on ${node}`,
    },
    [dumpExit.structure]: { code: "trial.dump", what: ({ tool }) => `${tool.dump} cannot read it` },
    [dumpExit.toolFailed]: {
      code: "trial.dump",
      what: ({ tool }) => `${tool.dump} cannot dump it`,
    },
    [dumpExit.logIn]: { code: "trial.log_in", what: ({ tool }) => `${tool.client} cannot log in` },
    [dumpExit.load]: {
      code: "trial.restore",
      what: ({ tool }) => `${tool.client} cannot load what ${tool.dump} writes`,
    },
    [dumpExit.objects]: {
      code: "trial.objects",
      what: ({ tool }) => `${tool.client} cannot create its triggers, routines and events again`,
    },
    [trialTimedOut]: {
      code: "trial.failed",
      what: ({ tool }) => `${tool.dump} or ${tool.client} hangs`,
    },
  };

/**
 * What a trial came to that ended with an exit code, in words, with a remedy. Pure.
 *
 * @param stderr what the programs said
 */
export function troubleOf(code: number | null, stderr: string, place: TrialPlace): Trouble | null {
  if (code === 0) return null;
  const meaning = meanings[code ?? -1];
  const words = lastWords(stderr);
  return {
    code: meaning?.code ?? "trial.failed",
    message: `${meaning?.what(place) ?? `The trial ended with ${code ?? "a signal"}`}: ${words}`,
    // What it says before its last words may be warnings of something else.
    remedy: knownRemedy(words, place) ?? remedyFor(stderr, place),
  };
}

/** The error itself; a client repeats beside it the statement, whose values are the site's data. */
function lastWords(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const errors = lines.filter((line) =>
    /^ERROR \d+|^mysql(dump)?:|^mariadb(-dump)?:|: Got error:/.test(line),
  );
  return (errors.at(-1) ?? lines.at(-1) ?? "no output").slice(0, 400);
}

/** Known answers of servers and programs, and what helps. The first that fits counts. */
const remedies: [answer: RegExp, remedy: (place: TrialPlace) => string][] = [
  [
    /generated column|ERROR 3105/i,
    ({ node, server }) =>
      `This dump program writes values for generated columns, which ${serverName(server)} refuses. Install the MySQL client programs (mysqldump and mysql of MySQL 5.7 or later) on ${node}; Uplift takes what works.`,
  ],
  [
    /ERROR 1419|log_bin_trust_function_creators/i,
    ({ user }) =>
      `Binary logging is on: run SET GLOBAL log_bin_trust_function_creators = 1 on the MetaDB (and put it into its option file), or GRANT SUPER ON *.* TO ${user}.`,
  ],
  [
    /RELOAD/,
    ({ user }) =>
      `GRANT RELOAD ON *.* TO ${user}; this dump program needs it for --single-transaction.`,
  ],
  [
    /PROCESS privilege/i,
    ({ user }) =>
      `GRANT PROCESS ON *.* TO ${user}, or use a dump program that knows --no-tablespaces.`,
  ],
  [
    /ERROR 1227|ERROR 1449|SET[ _](USER|ANY_DEFINER)/i,
    ({ user, server }) =>
      `Some belong to another definer. GRANT ${flavourOf(server).definerRights.join(" or ")} ON *.* TO ${user}, so that a rollback can give them back to their definers; or re-create them as ${user}.`,
  ],
  [
    /ERROR 104[45]\b|Access denied|command denied|error: 1045/i,
    ({ user }) =>
      `Check the password, from which hosts ${user} may log in, and GRANT ALL ON \`${scratchGrant}\`.* TO ${user}.`,
  ],
  [
    /SHOW VIEW|ERROR 1356|references invalid table|1356|lack rights to use them/i,
    () => "Mend or drop the view that the message names; a backup could not hold it.",
  ],
  [
    /4012|query timeout/i,
    ({ user }) =>
      `Run SET GLOBAL ob_query_timeout = 43200000000 in the MetaDB's tenant (as an administrator; ${user} logs in anew), or install a dump program that knows --init-command.`,
  ],
  [
    /Validation of SSL server certificate failed|Hostname verification failed/i,
    ({ node }) =>
      `MariaDB's client programs check the name in the certificate even with the TLS mode "verify-ca". Issue a certificate for the registered host, or install MySQL's client programs on ${node}.`,
  ],
  [
    /Authentication plugin|caching_sha2|SSL|TLS|certificate/i,
    () =>
      "Choose how the MetaDB is reached over TLS in the deployment's settings, or install client programs that know the MetaDB's way to log in.",
  ],
  [
    /No space left|errno:? (28|122)\b|quota/i,
    ({ node, directory }) => `Make room on the filesystem of ${directory} on ${node}.`,
  ],
  [
    /Read-only file system|Permission denied|Not a directory|File exists|Operation not permitted/i,
    ({ node, directory }) =>
      `Make ${directory} a directory on ${node} that root can write to, or choose another backup directory in the settings.`,
  ],
  [
    /Segmentation fault|Couldn't execute 'show create|Unknown system variable|ERROR 1193|\(1193\)|\(1231\)|ERROR 1231|Unknown table|\(1109\)|\(1210\)|unknown option|unknown variable/i,
    ({ node, server }) =>
      `These programs and ${serverName(server)} do not fit together. Install client programs of another release or family on ${node}; Uplift takes what works.`,
  ],
  [
    /ERROR 2002|ERROR 2003|Can't connect|Unknown MySQL server host/i,
    ({ node }) =>
      `Let ${node} connect to the MetaDB: it dumps from there (firewall, routes, name).`,
  ],
  [
    /not found|No such file/i,
    ({ node, tool }) => `Check that ${tool.dump} and ${tool.client} can be run on ${node}.`,
  ],
];

/** What a person does about what was said. */
export function remedyFor(said: string, place: TrialPlace): string {
  return (
    knownRemedy(said, place) ??
    `Mend what the message names, or install other client programs on ${place.node}; then check again.`
  );
}

function knownRemedy(said: string, place: TrialPlace): string | undefined {
  return remedies.find(([answer]) => answer.test(said))?.[1](place);
}
