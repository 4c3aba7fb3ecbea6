"use client";

import { Check, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";

const itemStyle = [
  "flex select-none items-start gap-2 rounded-md px-2 py-1.5 text-sm outline-none",
  "data-highlighted:bg-hover data-disabled:cursor-not-allowed data-disabled:text-faint",
].join(" ");

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  align?: "start" | "end";
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
}

/** A menu of actions behind a button. */
export function Menu({ trigger, align = "end", side = "bottom", children }: MenuProps) {
  return (
    // Not modal: a toast or the run bar stays within reach while it is open.
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-48 max-w-80 animate-appear rounded-lg border border-line-strong bg-raised p-1 shadow-lift"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export interface MenuItemProps {
  children: ReactNode;
  icon?: LucideIcon;
  /** Where it goes; else what it does. */
  href?: string;
  /** What is there is a file to be saved, under this name or the server's own. */
  download?: string | true;
  onSelect?: () => void;
  tone?: "danger";
  disabled?: boolean;
  /** A quieter second line: what it does, or why it cannot be done now. */
  hint?: ReactNode;
}

/** One action or link of a menu. */
export function MenuItem({
  children,
  icon: Icon,
  href,
  download,
  onSelect,
  tone,
  disabled,
  hint,
}: MenuItemProps) {
  const content = (
    <>
      {Icon && <Icon className="mt-0.5 size-4 shrink-0 opacity-70" aria-hidden="true" />}
      <span className="min-w-0">
        {children}
        {hint && <span className="block text-muted text-xs">{hint}</span>}
      </span>
    </>
  );
  const className = cn(itemStyle, tone === "danger" && !disabled && "text-fail");
  if (href !== undefined && !disabled) {
    return (
      <Primitive.Item asChild className={className}>
        {download === undefined ? (
          <Link href={href}>{content}</Link>
        ) : (
          <a href={href} download={download}>
            {content}
          </a>
        )}
      </Primitive.Item>
    );
  }
  return (
    <Primitive.Item
      className={className}
      {...(disabled && { disabled })}
      {...(onSelect && { onSelect: () => onSelect() })}
    >
      {content}
    </Primitive.Item>
  );
}

export interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: ReactNode; icon?: LucideIcon }[];
  onChange: (value: Value) => void;
}

/** A choice of one inside a menu. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: MenuChoiceProps<Value>) {
  return (
    <Primitive.RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as Value)}
    >
      {options.map(({ value: each, label: text, icon: Icon }) => (
        <Primitive.RadioItem key={each} value={each} className={itemStyle}>
          {Icon && <Icon className="mt-0.5 size-4 shrink-0 opacity-70" aria-hidden="true" />}
          <span className="flex-1">{text}</span>
          <Primitive.ItemIndicator>
            <Check className="mt-0.5 size-4 text-accent-text" aria-hidden="true" />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

/** A line between groups of items. */
export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}
