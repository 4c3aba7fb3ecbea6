/** What a form that is sent by GET takes along unseen: the rest of its address. */
export function KeptParams({ params }: { params: Readonly<Record<string, string>> }) {
  return Object.entries(params).map(
    ([name, value]) => value !== "" && <input key={name} type="hidden" {...{ name, value }} />,
  );
}
