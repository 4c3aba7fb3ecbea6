import { canonicalAddress, canonicalAddresses, isLoopback } from "#lib/domain/address.ts";
import { type Command, command, script } from "./command.ts";

/** Looks at what a host is called by, and at what it calls others: they need no tool that a host may lack. */
export const addressLooks = {
  /** What the kernel says of the host's own addresses. */
  own: (): Command => command("cat", "/proc/net/fib_trie", "/proc/net/if_inet6"),
  /** The addresses behind names, as this host resolves them: `NUMBER ADDRESS`, the names numbered from 0. */
  resolve: (names: readonly string[]): Command => script(resolveScript, ...names),
} as const;

const resolveScript = `i=0
for name do
  if command -v getent >/dev/null 2>&1; then found=$(getent ahosts "$name" || getent hosts "$name")
  else found=$(awk -v name="$name" '$1 !~ /^#/ { for (i = 2; i <= NF; i++) if ($i == name) print $1 }' /etc/hosts)
  fi
  printf '%s\\n' "$found" | while read -r address rest; do echo "$i $address"; done
  i=$((i + 1))
done
exit 0`;

/** The addresses out of `addressLooks.own` by which others may know the host; null when it told none. */
export function parseOwnAddresses(stdout: string): string[] | null {
  const four = [...stdout.matchAll(/\|-- (\S+)\s+\/32 host LOCAL/g)].map(([, text]) => text ?? "");
  // ADDRESS INDEX PREFIX SCOPE FLAGS NAME; scope 20 is the link, 10 the host itself.
  const six = [...stdout.matchAll(/^([0-9a-f]{32}) \S+ \S+ (\S+) /gm)]
    .filter(([, , scope]) => scope !== "20" && scope !== "10")
    .map(([, digits]) => digits?.match(/.{4}/g)?.join(":") ?? "");
  const own = canonicalAddresses([...four, ...six]).filter((address) => !isLoopback(address));
  return own.length === 0 ? null : own;
}

/** Whether a text can be a host's name; no other one is given to a resolver. */
export function isHostName(text: string): boolean {
  return (
    /^[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_.])?$/.test(text) && !canonicalAddress(text)
  );
}

/** The addresses of each name out of `addressLooks.resolve`; none for a name that leads nowhere. */
export function parseResolved(names: readonly string[], stdout: string): Record<string, string[]> {
  const lines = [...stdout.matchAll(/^(\d+) (\S+)$/gm)];
  return Object.fromEntries(
    names.map((name, number) => {
      const found = lines.filter(([, at]) => Number(at) === number).map(([, , text]) => text ?? "");
      return [name, canonicalAddresses(found)];
    }),
  );
}
