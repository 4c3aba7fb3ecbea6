import Form from "next/form";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { states } from "#components/ui/states.ts";
import { runStatuses } from "#lib/domain/run.ts";
import { Choice } from "./choice.tsx";
import { isFiltered, type RunQuery } from "./run-filter.ts";

export interface RunFilterFormProps {
  query: RunQuery;
  deployments: readonly { id: string; name: string }[];
  people: readonly string[];
}

/** Narrows the runs; the filter is in the address, to be sent to a colleague. */
export function RunFilterForm({ query, deployments, people }: RunFilterFormProps) {
  return (
    <Form
      // Fields are uncontrolled: a new address gives them their new values.
      key={JSON.stringify(query)}
      action="/runs"
      role="search"
      aria-label="Filter runs"
      className="flex flex-wrap items-center gap-2"
    >
      <Input
        name="text"
        type="search"
        aria-label="Text in deployment, version or run id"
        placeholder="Deployment, version, run id"
        defaultValue={query.text}
        className="max-w-60 max-sm:max-w-none"
      />
      <Choice
        name="deployment"
        label="Deployment"
        all="All deployments"
        value={query.deploymentId ?? ""}
        options={deployments.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Choice
        name="state"
        label="State"
        all="All states"
        value={query.status ?? ""}
        options={runStatuses.map((value) => ({ value, label: states[value].word }))}
      />
      <Choice
        name="who"
        label="Started by"
        all="Started by anyone"
        value={query.who}
        options={people.map((value) => ({ value, label: value }))}
      />
      <Button type="submit">Filter</Button>
      {isFiltered(query) && (
        <LinkButton href="/runs" variant="ghost">
          Clear
        </LinkButton>
      )}
    </Form>
  );
}
