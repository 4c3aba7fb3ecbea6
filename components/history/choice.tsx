import { cn } from "#components/ui/class-names.ts";
import { controlStyle } from "#components/ui/control-style.ts";

export interface ChoiceProps {
  name: string;
  label: string;
  /** What stands for "no filter": "All deployments". */
  all: string;
  value: string;
  options: readonly { value: string; label: string }[];
}

/** A filter's choice in a form that is sent by GET. The browser's own control: it needs no script. */
export function Choice({ name, label, all, value, options }: ChoiceProps) {
  return (
    <select
      name={name}
      aria-label={label}
      defaultValue={value}
      className={cn(
        controlStyle,
        "h-9 w-auto max-w-60 pr-7 max-sm:w-full max-sm:max-w-none sm:h-8",
      )}
    >
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
