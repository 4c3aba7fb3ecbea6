/** What text boxes and selects have in common; 16 px on touch screens, where iOS would zoom. */
export const controlStyle = [
  "w-full rounded-md border border-control bg-raised px-2.5 text-lg text-fg sm:text-sm",
  "transition-colors placeholder:text-faint hover:border-muted",
  "focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0",
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted",
  "aria-invalid:border-fail",
].join(" ");
