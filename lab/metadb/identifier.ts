/** A database's or table's name between backticks, whatever it is made of. */
export const identifier = (name: string): string => `\`${name.replaceAll("`", "``")}\``;
