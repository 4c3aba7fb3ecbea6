import { describeLab } from "./describe-lab.ts";
import { startLab } from "./lab.ts";
import { metadbToHand } from "./metadb/to-hand.ts";

const starting = metadbToHand(console.log).then((metadb) =>
  startLab({ metadb, seed: "full", log: console.log }),
);

/** Ctrl-C in the middle of the start waits for the start, so that there is a whole lab to remove. */
function stop(): void {
  console.log("removing the lab");
  starting
    .then((lab) => lab.stop())
    .then(
      () => process.exit(0),
      () => process.exit(1),
    );
}
process.once("SIGINT", stop);
process.once("SIGTERM", stop);

const lab = await starting;
console.log(describeLab(lab));
if (process.argv.includes("--detach")) {
  lab.detach();
  console.log(`It stays until "npm run lab:down". State: ${lab.stateDir}`);
} else {
  console.log('Ctrl-C removes it; so does "npm run lab:down".');
  setInterval(() => undefined, 60_000); // Stay in the foreground.
}
