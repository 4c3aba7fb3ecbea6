import type { Check, NodeFacts, PortFacts } from "#lib/domain/facts.ts";
import { check } from "./check.ts";

/** Do the console's and the cluster manager's ports belong to the old container, so that its stop frees them? */
export function portChecks({ nodeId, name, container, survey }: NodeFacts): Check[] {
  if (!survey || !container?.running) return [];
  const title = "Ports";
  if (survey.ports === null) {
    return [
      check(
        `ports.${nodeId}`,
        name,
        title,
        "warning",
        "Who listens on the ports of OMS could not be looked up.",
        `Look with "ss -ltnp" on ${name}: the ports must belong to ${container.name}.`,
      ),
    ];
  }
  return survey.ports.map(({ port, holder, process: program }) => {
    const by = program ?? "A process";
    const words = portWords[holder];
    return check(
      `port.${port}.${nodeId}`,
      name,
      `Port ${port}`,
      words.result,
      words.evidence(by, port, name, container.name),
      words.remedy(name),
    );
  });
}

interface PortWords {
  result: Check["result"];
  evidence(by: string, port: number, host: string, container: string): string;
  remedy(host: string): string;
}

const portWords: Record<PortFacts["holder"], PortWords> = {
  container: {
    result: "pass",
    evidence: (by, _port, _host, container) =>
      `${by} of ${container} listens there; its stop frees the port for the new container.`,
    remedy: () => "",
  },
  other: {
    result: "fail",
    evidence: (by, port, host, container) =>
      `${by}, which is not part of ${container}, listens on port ${port} of ${host}: the new container could not have it.`,
    remedy: (host) =>
      `Stop that program, or give it another port ("ss -ltnp" on ${host} shows it).`,
  },
  nobody: {
    result: "warning",
    evidence: (_by, port, host, container) =>
      `Nobody listens on port ${port} of ${host}, though ${container} runs.`,
    remedy: () =>
      "Look at supervisorctl status in the container: its services may still be starting.",
  },
};
