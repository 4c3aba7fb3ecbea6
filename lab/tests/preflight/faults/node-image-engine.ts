import { waitUntil } from "#lab/shell.ts";
import type { Fault } from "../fault.ts";
import { config, putBack, rewrite } from "../mounted-files.ts";

export const onNodeImageEngine: Fault[] = [
  {
    what: "a node that is not healthy",
    make: async ({ scene, second }) => {
      await second.mustExec(`docker exec ${scene.oldContainer} supervisorctl stop oms_console`);
      await waitUntil("hz-2 to be ill", async () => !(await second.isHealthy()));
    },
    mend: async ({ scene, second }) => {
      await second.mustExec(`docker exec ${scene.oldContainer} supervisorctl start oms_console`);
      await scene.everyoneHealthy();
    },
    title: "Healthy now",
    result: "fail",
    evidence: /\/oms\/health answers, but not healthy/,
    remedy: /supervisorctl status and the logs/,
  },
  {
    what: "another image under the same name on one node",
    make: ({ scene, second }) =>
      second.mustExec(`docker tag ${scene.lab.images.old} ${scene.lab.images.new}`),
    mend: ({ scene, second }) => second.mustExec(`docker rmi ${scene.lab.images.new}`),
    title: "Same image everywhere",
    result: "fail",
    evidence: /is a different image on different nodes: [0-9a-f]{12}, [0-9a-f]{12}/,
    remedy: /Load the same archive on every node/,
  },
  {
    what: "a Docker Engine that hesitates",
    make: ({ first, scene }) =>
      scene.replaceTool(
        "/usr/bin/docker",
        'if [ "$1" = version ]; then sleep 6; fi; exec "$real" "$@"',
        first,
      ),
    mend: ({ first, scene }) => scene.restoreTool("/usr/bin/docker", first),
    title: "Docker answers",
    result: "warning",
    evidence: /answered after [67]\d{3} ms/,
    remedy: /Find out what keeps the Docker Engine busy/,
  },
  {
    what: "no region that is the default one",
    make: async ({ first, second }) => {
      for (const host of [first, second]) {
        await rewrite(host, config, "sed 's/^cm_is_default:.*/cm_is_default: false/'");
      }
    },
    mend: async ({ first, second }) => {
      for (const host of [first, second]) await putBack(host, config);
    },
    title: "Regions fit each other",
    result: "fail",
    evidence: /cm_is_default is true in none instead of exactly one region/,
    remedy: /Correct config\.yaml/,
  },
];
