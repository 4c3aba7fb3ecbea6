"use client";

import { Command } from "cmdk";
import { type LucideIcon, Network, Play, Plus, Search, Server } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Primitive } from "radix-ui";
import { type RefObject, useState } from "react";
import { places } from "#components/frame/places.ts";
import { useSearch } from "#components/frame/use-search.ts";
import { useTranslations } from "#i18n";
import type { Translator } from "#lib/i18n/types.ts";
import type { Found } from "#lib/operations/search.ts";

const icons: Record<Found["kind"], LucideIcon> = { deployment: Server, node: Network, run: Play };

const kinds = ["deployment", "node", "run"] as const satisfies readonly Found["kind"][];

export interface SearchDialogProps {
  onClose: () => void;
  /** Takes the focus back when it closes. */
  button: RefObject<HTMLButtonElement | null>;
}

/** The search itself. */
export function SearchDialog({ onClose, button }: SearchDialogProps) {
  const t = useTranslations("frame");
  return (
    <Primitive.Root open onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 animate-appear bg-scrim" />
        <Primitive.Content
          aria-describedby={undefined}
          onCloseAutoFocus={() => button.current?.focus()}
          className="fixed inset-x-2 top-2 z-50 mx-auto max-w-xl animate-rise overflow-hidden rounded-lg border border-line-strong bg-raised shadow-lift outline-none sm:top-[12vh]"
        >
          <Primitive.Title className="sr-only">{t("search")}</Primitive.Title>
          <Palette close={onClose} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function Palette({ close }: { close: () => void }) {
  const t = useTranslations("frame");
  const router = useRouter();
  const [text, setText] = useState("");
  const { found, text: answered, failed } = useSearch(text);
  const wanted = text.trim().toLowerCase();
  const fits = (label: string) => label.toLowerCase().includes(wanted);
  // Of an answer to an earlier text only what fits this one: Enter must not go to anything else.
  const isStill = ({ label }: (typeof found)[number]) => answered === text.trim() || fits(label);
  const go = (href: string) => {
    close();
    router.push(href);
  };
  return (
    // What fits is decided here and by the server.
    <Command shouldFilter={false} loop>
      <div className="flex items-center gap-2.5 border-b px-3.5">
        <Search className="size-4 shrink-0 text-faint" aria-hidden="true" />
        <Command.Input
          value={text}
          onValueChange={setText}
          aria-label={t("search")}
          placeholder={t("searchFor")}
          className="h-11 min-w-0 flex-1 bg-transparent text-lg outline-none placeholder:text-faint sm:text-base"
        />
      </div>
      <Command.List className="max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5">
        <Command.Empty className="px-2.5 py-6 text-center text-muted text-sm">
          {emptyWords(wanted !== answered.toLowerCase(), failed, t)}
        </Command.Empty>
        {kinds.map((kind) => {
          const some = found.filter((one) => one.kind === kind && isStill(one));
          return (
            some.length > 0 && (
              <Group key={kind} heading={t(`found.${kind}`)}>
                {some.map(({ label, detail, href }, index) => (
                  <Item
                    // Two nodes of one deployment lead to the same page.
                    key={`${href} ${label}`}
                    id={`${kind} ${index} ${href}`}
                    icon={icons[kind]}
                    label={label}
                    detail={detail}
                    onSelect={() => go(href)}
                  />
                ))}
              </Group>
            )
          );
        })}
        <Group heading={t("goTo")}>
          {[
            ...places.map((place) => ({ ...place, label: t(`places.${place.name}`) })),
            { href: "/deployments/new", label: t("registerADeployment"), icon: Plus },
          ]
            .filter(({ label }) => fits(label))
            .map(({ href, label, icon }) => (
              <Item key={href} id={href} icon={icon} label={label} onSelect={() => go(href)} />
            ))}
        </Group>
      </Command.List>
    </Command>
  );
}

function emptyWords(asking: boolean, failed: boolean, t: Translator<"frame">): string {
  if (asking) return t("searching");
  if (failed) return t("noAnswer");
  return t("nothingFound");
}

function Group({ heading, children }: { heading: string; children: React.ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

interface ItemProps {
  id: string;
  icon: LucideIcon;
  label: string;
  detail?: string;
  onSelect: () => void;
}

function Item({ id, icon: Icon, label, detail, onSelect }: ItemProps) {
  return (
    <Command.Item
      value={id}
      onSelect={onSelect}
      className="flex cursor-pointer select-none items-center gap-2.5 rounded-md px-2.5 py-2 text-sm data-[selected=true]:bg-hover"
    >
      <Icon className="size-4 shrink-0 text-muted" aria-hidden="true" />
      <span className="min-w-0 truncate">{label}</span>
      {detail && <span className="ml-auto min-w-0 truncate text-muted text-xs">{detail}</span>}
    </Command.Item>
  );
}
