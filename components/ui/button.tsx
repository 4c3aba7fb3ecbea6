import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyle } from "#components/ui/button-style.ts";
import { cn } from "#components/ui/class-names.ts";
import { Spinner } from "#components/ui/spinner.tsx";

export interface ButtonProps extends ComponentProps<"button"> {
  /** `primary` is for the one next action of a screen. */
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** The action is under way: shows a spinner, keeps its width and its focus, ignores clicks. */
  loading?: boolean;
}

/** A button whose label is a verb ("Stop 4 containers"). It submits only with `type="submit"`. */
export function Button({
  variant,
  size,
  loading = false,
  type = "button",
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      // Not `disabled` while loading: that would throw the focus back to the page.
      type={loading ? "button" : type}
      aria-disabled={loading || undefined}
      aria-busy={loading || undefined}
      onClick={loading ? undefined : onClick}
      className={cn(buttonStyle({ variant, size }), "relative", className)}
      {...rest}
    >
      {loading ? (
        <>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
          <span className="inline-flex items-center gap-1.5 opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
    </button>
  );
}
