import { useSaid } from "#i18n";

/** A sentence of the record in the person's language; as it was written on hover. */
export function Said({ children }: { children: string }) {
  const said = useSaid()(children);
  return said === children ? children : <span title={children}>{said}</span>;
}
