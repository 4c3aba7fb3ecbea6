import type { Check } from "./facts.ts";
import { groupBy } from "./group-by.ts";
import type { Message, Param, Text } from "./message.ts";

/** Checks that say the same of several hosts, told once. */
export interface CheckGroup {
  /** Of its first check; unique in a list. */
  id: string;
  title: Text;
  result: Check["result"];
  /** In the order of the checks. */
  scopes: string[];
  evidence: Text;
  remedy: Text | null;
}

/** What stands in a text for the host's name, where the same is true of several. */
const anyHost = "each of them";

/**
 * Puts checks together that came out alike and say the same, the host's own name aside; the order of the
 * first ones stays. Pure.
 */
export function groupChecks(checks: readonly Check[]): CheckGroup[] {
  const groups = groupBy(checks, (check) =>
    JSON.stringify([
      check.title,
      check.result,
      without(check.evidence, check.scope),
      without(check.remedy ?? "", check.scope),
    ]),
  );
  return [...groups.values()].flatMap((members): CheckGroup[] => {
    const [first] = members;
    if (!first) return [];
    const { id, title, result, scope, evidence, remedy } = first;
    const scopes = [...new Set(members.map((member) => member.scope))];
    const told = (text: Text) => (scopes.length === 1 ? text : without(text, scope));
    return [
      {
        ...{ id: `${id} ${scope}`, title, result, scopes },
        evidence: told(evidence),
        remedy: remedy === null ? null : told(remedy),
      },
    ];
  });
}

/** The text without a host's name where that stands as a word of its own. */
function without(text: Text, name: string): Text {
  if (name === "") return text;
  if (typeof text !== "string")
    return { ...text, ...(text.params && { params: mapParams(text.params, name) }) };

  const parts = text.split(name);
  return parts.reduce((so, part) => {
    const own = !/[\p{L}\p{N}_.-]$/u.test(so) && !/^(?:[\p{L}\p{N}_-]|\.[\p{L}\p{N}])/u.test(part);
    return `${so}${own ? anyHost : name}${part}`;
  });
}

function mapParams(params: NonNullable<Message["params"]>, name: string): Message["params"] {
  const param = (one: Param): Param => {
    if (typeof one === "number") return one;
    if (isList(one))
      return one.map((each) => (typeof each === "number" ? each : without(each, name)));
    return without(one, name);
  };
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, param(value)]));
}

const isList = (param: Text | readonly (Text | number)[]): param is readonly (Text | number)[] =>
  Array.isArray(param);

/** The hosts of a group in one line: the first few of many. Pure. */
export function scopeWords(scopes: readonly string[]): string {
  if (scopes.length <= 12) return scopes.join(", ");
  return `${scopes.slice(0, 10).join(", ")} and ${scopes.length - 10} more`;
}
