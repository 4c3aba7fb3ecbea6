import type { HelpTarget } from "#lib/help/pages.ts";

/** Headings of the documentation that explain more than one thing. */
export const site = "domain#1-what-is-out-there" satisfies HelpTarget;
export const ha = "domain#2-ha" satisfies HelpTarget;
export const upgrade =
  "domain#3-the-upgrade-multi-node-330-to-331-and-alike-later-versions" satisfies HelpTarget;
export const rollback = "domain#4-rollback" satisfies HelpTarget;
export const versions = "domain#5-which-version-can-go-where" satisfies HelpTarget;
export const nodeRights = "operations#rights-on-the-nodes" satisfies HelpTarget;
export const databaseRights = "operations#rights-on-the-metadb" satisfies HelpTarget;
export const settings = "configuration#settings-of-a-deployment" satisfies HelpTarget;
export const locks = "operations#a-host-is-locked" satisfies HelpTarget;
export const practice = "operations#practise-before-the-window" satisfies HelpTarget;
