"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RadioCards } from "#components/ui/radio-cards.tsx";
import { Said } from "#components/ui/said.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { DiscoveryProposal } from "#lib/domain/discovery.ts";
import type { CredentialView } from "#lib/operations/credentials.ts";
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
  const t = useTranslations("deployments");
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
        aria-label={t("howToRegisterIt")}
        columns={2}
        value={way}
        onValueChange={setWay}
        options={[
          {
            value: "discover",
            title: t("discoverFromANode"),
            description: t("signInToOneNode"),
          },
          {
            value: "hand",
            title: t("enterByHand"),
            description: t("typeEverythingYourself"),
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
  const t = useTranslations("deployments");
  const { node, metadb, otherNodes } = proposal;
  const said = useSaid();
  const notes = proposal.notes.map(said);
  if (metadb.trouble) notes.push(said(metadb.trouble));
  if (metadb.missingDatabases.length > 0) {
    notes.push(t("theMetadbHasNo", { names: metadb.missingDatabases.join(", ") }));
  }
  for (const other of otherNodes) if (other.trouble) notes.push(said(other.trouble));
  const keys = otherNodes.filter((other) => other.hostKey).length;
  return (
    <div className="grid gap-2">
      <Notice
        tone="ok"
        title={t("readFrom", { name: node.name })}
        actions={
          <Button size="sm" onClick={onAgain}>
            {t("discoverAgain")}
          </Button>
        }
      >
        {t("foundFacts", {
          container: node.containerName,
          image: proposal.image,
          configPath: proposal.configPath,
          https: String(proposal.https),
          hasVersion: String(Boolean(metadb.version)),
          version: metadb.version ?? "",
          keys,
        })}
      </Notice>
      {notes.map((note) => (
        <Notice key={note} tone="warn">
          <Said>{note}</Said>
        </Notice>
      ))}
    </div>
  );
}
