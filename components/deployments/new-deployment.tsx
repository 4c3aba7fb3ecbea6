"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RadioCards } from "#components/ui/radio-cards.tsx";
import type { DiscoveryProposal } from "#lib/domain/discovery.ts";
import type { CredentialView } from "#lib/services/credentials.ts";
import { DeploymentEditor } from "./deployment-editor.tsx";
import { DiscoverForm } from "./discover-form.tsx";
import { type EnteredHost, emptyDeployment } from "./form-model.ts";
import { formOfProposal } from "./form-proposal.ts";

interface Found {
  proposal: DiscoveryProposal;
  /** What the node was reached through. */
  bastion: EnteredHost | null;
}

/** Registers a deployment: from what one of its nodes tells, or by hand. */
export function NewDeployment({ credentials }: { credentials: CredentialView[] }) {
  const [way, setWay] = useState<"discover" | "hand">("discover");
  const [known, setKnown] = useState(credentials);
  const [found, setFound] = useState<Found>();
  const [byHand] = useState(emptyDeployment);

  if (found) {
    return (
      <DeploymentEditor
        initial={formOfProposal(found.proposal, found.bastion)}
        credentials={known}
        intro={<FoundNotice proposal={found.proposal} onAgain={() => setFound(undefined)} />}
      />
    );
  }
  return (
    <div className="grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-6">
      <RadioCards
        aria-label="How to register it"
        columns={2}
        value={way}
        onValueChange={setWay}
        options={[
          {
            value: "discover",
            title: "Discover from a node",
            description: "Sign in to one node; Uplift reads its container and config.yaml.",
          },
          {
            value: "hand",
            title: "Enter by hand",
            description: "Type everything yourself.",
          },
        ]}
      />
      {way === "discover" ? (
        <Panel>
          <DiscoverForm
            credentials={known}
            onCredential={(added) =>
              setKnown((all) => [...all.filter((one) => one.id !== added.id), added])
            }
            onFound={(proposal, bastion) => setFound({ proposal, bastion })}
          />
        </Panel>
      ) : (
        <DeploymentEditor initial={byHand} credentials={known} />
      )}
    </div>
  );
}

function FoundNotice({ proposal, onAgain }: { proposal: DiscoveryProposal; onAgain: () => void }) {
  const { node, metadb, otherNodes } = proposal;
  const notes = [...proposal.notes];
  if (metadb.trouble) notes.push(metadb.trouble);
  if (metadb.missingDatabases.length > 0) {
    notes.push(`The MetaDB has no ${metadb.missingDatabases.join(", ")}.`);
  }
  for (const other of otherNodes) if (other.trouble) notes.push(other.trouble);
  const keys = otherNodes.filter((other) => other.hostKey).length;
  return (
    <div className="grid gap-2">
      <Notice
        tone="ok"
        title={`Read from ${node.name}`}
        actions={
          <Button size="sm" onClick={onAgain}>
            Discover again
          </Button>
        }
      >
        Container {node.containerName} ({proposal.image}), configuration {proposal.configPath},
        console over {proposal.https ? "HTTPS" : "HTTP"}
        {metadb.version ? `, MetaDB ${metadb.version}` : ""}.
        {keys > 0 &&
          ` Next: compare and pin the host ${keys === 1 ? "key of the other node" : `keys of the ${keys} other nodes`}, then add the other regions.`}
      </Notice>
      {notes.map((note) => (
        <Notice key={note} tone="warn">
          {note}
        </Notice>
      ))}
    </div>
  );
}
