import Form from "next/form";
import { Choice } from "#components/history/choice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { FleetQuery } from "#lib/services/fleet.ts";
import { isFleetFiltered, shows } from "./fleet-filter.ts";

export interface FleetFilterFormProps {
  /** The page it stands on. */
  path: string;
  query: FleetQuery;
  versions: readonly string[];
}

/** Narrows the deployments; the filter is in the address. */
export function FleetFilterForm({ path, query, versions }: FleetFilterFormProps) {
  return (
    <Form
      // Fields are uncontrolled: a new address gives them their new values.
      key={JSON.stringify(query)}
      action={path}
      role="search"
      aria-label="Filter deployments"
      className="flex flex-wrap items-center gap-2"
    >
      <Input
        name="text"
        type="search"
        aria-label="Text in deployment, region, node or address"
        placeholder="Deployment, region, node, address"
        defaultValue={query.text}
        className="w-64 max-sm:w-full"
      />
      <Choice
        name="version"
        label="Version"
        all="All versions"
        value={query.version}
        options={versions.map((value) => ({ value, label: value }))}
      />
      <Choice
        name="show"
        label="Show"
        all="All of them"
        value={query.show === "all" ? "" : query.show}
        options={Object.entries(shows).map(([value, label]) => ({ value, label }))}
      />
      <Button type="submit">Filter</Button>
      {isFleetFiltered(query) && (
        <LinkButton href={path} variant="ghost">
          Clear
        </LinkButton>
      )}
    </Form>
  );
}
