import { cva, type VariantProps } from "class-variance-authority";

/** How buttons and links that look like buttons are drawn. */
export const buttonStyle = cva(
  [
    "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap",
    "rounded-md border border-transparent font-medium transition-colors",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed",
    "[&_svg]:size-4 [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        primary: "bg-accent text-accent-contrast enabled:hover:bg-accent-hover",
        secondary:
          "border-line-strong bg-raised text-fg enabled:hover:border-control enabled:hover:bg-hover",
        ghost: "text-muted enabled:hover:bg-hover enabled:hover:text-fg",
        danger: "bg-danger text-danger-contrast enabled:hover:bg-danger-hover",
      },
      size: {
        sm: "h-7 px-2.5 text-xs [&_svg]:size-3.5",
        md: "h-8 px-3 text-sm",
        lg: "h-10 px-4 text-base",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export type ButtonVariant = NonNullable<VariantProps<typeof buttonStyle>["variant"]>;
export type ButtonSize = NonNullable<VariantProps<typeof buttonStyle>["size"]>;
