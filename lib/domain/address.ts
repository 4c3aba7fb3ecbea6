/**
 * An IP address in the one spelling by which it is compared: `FD00:0::1` and `fd00::1` are the same, and so are
 * `::ffff:10.0.0.1` and `10.0.0.1`. Null for a name. Pure.
 */
export function canonicalAddress(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^\[|\]$/g, "")
    .replace(/%.*$/, "");
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(bare)) {
    const parts = bare.split(".").map(Number);
    return parts.every((part) => part < 256) ? parts.join(".") : null;
  }
  if (!bare.includes(":")) return null;
  const six = ipv6(bare);
  if (six === null) return null;
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(six);
  if (!mapped) return six;
  const [high, low] = [mapped[1], mapped[2]].map((part) => Number.parseInt(part ?? "0", 16));
  return [high ?? 0, low ?? 0].flatMap((part) => [part >> 8, part & 255]).join(".");
}

/** The shortest spelling, which is what a URL makes of it. */
function ipv6(bare: string): string | null {
  try {
    return new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  } catch {
    return null;
  }
}

/** Addresses in their one spelling, each once, in order; what is none is left out. Pure. */
export function canonicalAddresses(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => canonicalAddress(text) ?? []))].sort();
}

/** Whether an address means the host that it is used on. Pure. */
export function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/**
 * The host of `10.77.1.11:40312`, `fd00::1:40312`, `[fd00::1]:40312`, `hz-1.corp:40312` or `localhost`: how servers
 * tell where a session comes from. An address comes back in its one spelling. Pure.
 */
export function sessionHost(text: string): string {
  const withoutPort = text.replace(/:\d+$/, "");
  const address = canonicalAddress(withoutPort) ?? canonicalAddress(text);
  return address ?? withoutPort.toLowerCase();
}
