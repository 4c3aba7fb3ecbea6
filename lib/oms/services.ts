/** Services that must run in every container; `crond` is there in some releases only (docs/domain, section 1). */
const required = ["nginx", "oms_console", "oms_drc_cm", "oms_drc_supervisor", "sshd"] as const;

export interface ServiceState {
  name: string;
  state: string;
}

/** Reads `supervisorctl status`: a name and a state in capitals on each line. */
export function readServices(stdout: string): ServiceState[] {
  return [...stdout.matchAll(/^(\S+)\s+([A-Z]+)\b/gm)].map((match) => ({
    name: match[1] ?? "",
    state: match[2] ?? "",
  }));
}

/** The services that should run and do not, as `name STATE` or `name missing`. */
export function servicesNotRunning(services: readonly ServiceState[]): string[] {
  const missing = required.filter((name) => !services.some((service) => service.name === name));
  return [
    ...services
      .filter(({ state }) => state !== "RUNNING")
      .map(({ name, state }) => `${name} ${state}`),
    ...missing.map((name) => `${name} missing`),
  ];
}
