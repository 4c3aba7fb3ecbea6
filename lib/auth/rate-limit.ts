import { perProcess } from "#lib/config/per-process.ts";
/** At most `limit` events per `windowMs` and key; in memory, for one process. */
export class RateLimit {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #events = new Map<string, number[]>();

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /**
   * Counts one event.
   * @returns 0 when it is allowed, otherwise milliseconds until the next one is; that one is not counted
   */
  take(key: string, now = Date.now()): number {
    const recent = (this.#events.get(key) ?? []).filter((at) => at > now - this.#windowMs);
    const oldest = recent[0];
    if (oldest !== undefined && recent.length >= this.#limit) return oldest + this.#windowMs - now;
    recent.push(now);
    // Setting it anew keeps the map in the order of use: the forgotten ones are those unused longest.
    this.#events.delete(key);
    this.#events.set(key, recent);
    if (this.#events.size > maxKeys) this.#events.delete(this.#events.keys().next().value ?? "");
    return 0;
  }

  /** Forgets a key, e.g. after a sign-in that went well. */
  clear(key: string): void {
    this.#events.delete(key);
  }
}

/** Bounds the memory that invented keys can take. */
const maxKeys = 10_000;
const minute = 60_000;

/**
 * The limits of signing in and of setting up. Per account and address: guessing is slow. Per
 * account: many addresses do not help much. Per address: many accounts do not help either. A person
 * whose account is being attacked from elsewhere can still sign in for a while: the limit per
 * account alone is wide.
 */
function newLimits() {
  return {
    accountAtAddress: new RateLimit(5, minute),
    account: new RateLimit(50, 15 * minute),
    address: new RateLimit(30, minute),
    setup: new RateLimit(10, minute),
    ownPassword: new RateLimit(5, minute),
  };
}

export const limits = () => perProcess("auth.limits", newLimits);

/** Counts a sign-in. @returns milliseconds to wait; 0: go on */
export function takeSignIn(email: string, address: string): number {
  const account = email.trim().toLowerCase().slice(0, 320);
  const { accountAtAddress, account: perAccount, address: perAddress } = limits();
  return (
    perAddress.take(address) ||
    accountAtAddress.take(`${account} ${address}`) ||
    perAccount.take(account)
  );
}
