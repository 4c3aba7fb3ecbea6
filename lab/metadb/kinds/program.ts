/** Where a server is on this machine. */
export interface ServerPlace {
  dir: string;
  dataDir: string;
  listen: { host: string; port: number } | undefined;
  /** Where it is to write every statement; undefined: nowhere. */
  statementsFile: string | undefined;
}

/** How a kind of server is run. */
export interface ServerProgram {
  /** e.g. "MariaDB 10.11" */
  title: string;
  /** Where it listens at a site. */
  port: number;
  socket: (place: ServerPlace) => string;
  /** Fills an empty data directory. */
  install: (place: ServerPlace) => Promise<void>;
  logsStatements: boolean;
  /** What an administrator sets who has time. */
  patience: readonly string[];
  /** What a copy of a data directory must not begin with. */
  leftovers: readonly string[];
  /** The command that runs it in the foreground. */
  command: (place: ServerPlace) => Promise<{ argv: string[]; env?: Record<string, string> }>;
}
