import { type Fault, nothing } from "../fault.ts";

export const notWhatIsThere: Fault[] = [
  {
    what: "another version than the container's, from which no documented path leads there",
    make: (here) => here.edit(() => ({ version: "3.2.2" })),
    mend: (here) => here.edit(() => ({ version: "3.3.0" })),
    title: "Version",
    result: "fail",
    evidence: /^oms_330 runs \S+3\.3\.0\S*; 3\.2\.2 is registered/,
    remedy: /Correct the version of the deployment/,
  },
  {
    what: "a path that is not documented",
    make: nothing,
    mend: nothing,
    title: "Upgrade path",
    result: "fail",
    evidence: /allows 3\.3\.1 from 3\.3\.0; not from 3\.2\.2/,
    remedy: /Choose a documented path, or confirm this one in writing/,
  },
  {
    what: "an image whose tag names another release",
    make: nothing,
    mend: nothing,
    title: "Image tag",
    result: "warning",
    evidence: /^The tag names version 4\.0\.0, the target is 3\.3\.1/,
    remedy: /Make sure that the image is the release you mean/,
    target: { image: "reg.example.com/oceanbase/oms:feature_4.0.0-ce" },
  },
  {
    what: "a container outside of the host's network, and started for another address",
    make: (here) =>
      here.replaceContainer((command) =>
        command
          .replace("--net host", "--net none")
          .replace(/OMS_HOST_IP=\S+/, "OMS_HOST_IP=10.0.0.7"),
      ),
    mend: async (here) => {
      await here.replaceContainer((command) => command);
      await here.secondHealthy();
      await here.takeContainersAsTheyAre();
    },
    title: "Network mode",
    result: "fail",
    evidence: /^The container uses --net none/,
    remedy: /OMS runs with --net host/,
  },
  {
    what: "an address that the container was not started with",
    make: nothing,
    mend: nothing,
    title: "OMS_HOST_IP",
    result: "fail",
    evidence: /^The container was started with 10\.0\.0\.7; 10\.77\.\d+\.12 is registered/,
    remedy: /Correct the node's address/,
  },
];
