/** The languages of the dashboard, each named in itself. */
export const locales = { en: "English", "zh-CN": "中文" } as const;

export type Locale = keyof typeof locales;

/** Holds the language that the person chose. */
export const localeCookie = "uplift-language";

/** The language that was chosen; else Chinese where the browser prefers it to English, else English. Pure. */
export function chooseLocale(
  cookie: string | undefined,
  acceptLanguage: string | null | undefined,
): Locale {
  if (cookie === "en" || cookie === "zh-CN") return cookie;
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const weight = parameters.find((each) => each.trim().startsWith("q="));
      return { tag, weight: weight ? Number(weight.trim().slice(2)) : 1 };
    })
    .filter(({ tag, weight }) => /^(en|zh)\b/.test(tag) && weight > 0)
    .sort((one, other) => other.weight - one.weight);
  return wanted[0]?.tag.startsWith("zh") ? "zh-CN" : "en";
}
