/**
 * Which layer may import which (docs/architecture.md). `npm run check` refuses anything else.
 * Each line: a folder, and the only folders of lib/ that its files may import.
 */
const layers = {
  domain: ["i18n"],
  commands: ["domain"],
  oms: ["domain"],
  planner: ["domain", "commands", "oms"],
  log: ["domain", "config", "commands"],
  config: [],
  help: [],
  i18n: ["domain"],
  remote: ["domain", "commands"],
  metadb: ["domain", "commands"],
  steps: ["domain", "commands", "oms", "metadb", "remote"],
  engine: ["domain", "steps", "commands", "log", "remote", "metadb", "store"],
  inspection: ["domain", "commands", "oms", "metadb", "remote", "planner"],
  store: ["domain", "config", "log", "remote"],
  auth: ["domain", "config", "log", "store"],
  realtime: ["domain"],
  services: [
    "domain",
    "i18n",
    "commands",
    "planner",
    "oms",
    "inspection",
    "help",
    "remote",
    "metadb",
    "store",
    "auth",
    "log",
    "config",
  ],
  operations: [
    "domain",
    "commands",
    "planner",
    "oms",
    "inspection",
    "help",
    "remote",
    "services",
    "store",
    "auth",
    "log",
    "config",
  ],
  // Of services only how a request is refused; see entrances-know-only-operations.
  api: ["domain", "i18n", "auth", "log", "operations", "services"],
  actions: ["domain", "i18n", "auth", "log", "operations"],
  cli: ["domain", "i18n", "config", "operations", "api", "store"],
};

/** Where only the shapes of another layer may be used, not its code: effects come in from outside. */
const typesOnly = [
  ["domain", "i18n"],
  ["steps", "remote"],
  ["engine", "store"],
  ["store", "remote"],
];

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  severity: "error",
  from: { path: `^lib/${layer}/`, pathNot: "\\.test\\.ts$|/tests/" },
  to: { path: "^lib/", pathNot: [layer, ...allowed].map((name) => `^lib/${name}/`) },
}));

const typeRules = typesOnly.map(([layer, other]) => ({
  name: `types-only-${layer}-${other}`,
  severity: "error",
  from: { path: `^lib/${layer}/`, pathNot: "\\.test\\.ts$|/tests/" },
  to: { path: `^lib/${other}/`, dependencyTypesNot: ["type-only"] },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...typeRules,
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "lib-knows-no-pages",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|components|lab|e2e|bench)/" },
    },
    {
      name: "components-know-no-effects",
      comment:
        "Components get plain data and call actions; store, engine and hosts are not theirs.",
      severity: "error",
      from: { path: "^components/", pathNot: "\\.test\\.tsx?$" },
      to: {
        path: "^lib/(store|engine|steps|remote|metadb|auth|inspection|config|log)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "entrances-know-only-operations",
      comment:
        "What people and programs reach from outside goes through lib/operations, which asks for the permission.",
      severity: "error",
      from: {
        path: "^(app|components|lib/(actions|api))/",
        pathNot: "\\.test\\.tsx?$|^app/healthz/",
      },
      to: {
        path: "^lib/(services|store|engine|steps|remote|metadb|inspection)/",
        pathNot: "^lib/services/request-invalid\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "the-engine-knows-no-framework",
      severity: "error",
      from: { path: "^lib/(domain|planner|commands|oms|steps|engine|remote|metadb)/" },
      to: { path: "node_modules/(next|react|react-dom|@prisma|socket\\.io)(/|$)" },
    },
    {
      name: "product-knows-no-lab",
      severity: "error",
      from: { path: "^(app|components|lib|server\\.ts)" },
      to: { path: "^(lab|bench|e2e)/" },
    },
    { name: "not-resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules|lib/store/generated" },
    exclude: { path: "lib/store/generated|\\.next" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".jsx", ".json", ".css"],
    },
  },
};
