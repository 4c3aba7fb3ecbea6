export type SearchParams = Record<string, string | string[] | undefined>;

/** The one value of a parameter, trimmed; empty when it is missing or given twice. */
export function param(search: SearchParams, key: string): string {
  const value = search[key];
  return typeof value === "string" ? value.trim() : "";
}

/** The page in an address; the first where it makes no sense. */
export function pageOf(search: SearchParams): number {
  const text = param(search, "page");
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 1;
}

/** A page in an address; nothing for the first. */
export function pageParam(page: number): string {
  return page > 1 ? String(page) : "";
}

/** An address with these parameters, without the empty ones. */
export function addressOf(path: string, params: Readonly<Record<string, string>>): string {
  const given = Object.entries(params).filter(([, value]) => value !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
