import type { Places } from "./gallery.ts";

/** Something to look at. */
export interface UiPage {
  name: string;
  path: string;
  /** Ships the live view: it may send 360 kB of script instead of 260. */
  live?: true;
}

/** Every page of the product, each run page in all its states. */
export function pagesOf(places: Places): UiPage[] {
  const { runs, chain, deployment } = places;
  const run = (name: string, path: string): UiPage => ({ name: `run-${name}`, path, live: true });
  return [
    { name: "home", path: "/" },
    { name: "deployments", path: "/deployments" },
    { name: "deployment", path: deployment },
    ...["nodes", "history", "backups", "preflight", "settings", "edit", "upgrade"].map((tab) => ({
      name: `deployment-${tab}`,
      path: `${deployment}/${tab}`,
    })),
    { name: "register", path: "/deployments/new" },
    ...["target", "checks", "plan", "start"].map((step) => ({
      name: `wizard-${step}`,
      path: `${places.wizard}&step=${step}`,
    })),
    { name: "wizard-target-chain", path: `${places.chainWizard}&step=target` },
    { name: "wizard-plan-chain", path: `${places.chainWizard}&step=plan` },
    { name: "runs", path: "/runs" },
    { name: "runs-filtered", path: "/runs?state=succeeded&from=2026-01-01" },
    ...Object.entries(runs).map(([name, path]) => run(name, path)),
    run("chain", chain.failed),
    run("200-nodes", places.huge),
    run("long-names", places.long),
    run("chinese-names", places.chinese),
    { name: "rollback", path: places.rollback },
    { name: "wall", path: `${runs.init}/wall`, live: true },
    { name: "run-audit", path: `${runs["rolled-back"]}/audit` },
    { name: "report", path: `${runs.succeeded}/report` },
    { name: "backups", path: "/backups" },
    { name: "audit", path: "/audit" },
    ...["credentials", "users", "tokens", "account", "about"].map((tab) => ({
      name: `settings-${tab}`,
      path: `/settings/${tab}`,
    })),
    { name: "help", path: "/help" },
    { name: "help-operations", path: "/help/operations" },
    // The page of a run, for one that there is not.
    { name: "not-found", path: "/runs/run_0", live: true },
  ];
}
