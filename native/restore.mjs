// Installs DuckDB's library for this machine, once, however many builds ask for it at the same time.
// Run by src/Tocsin.Telemetry/DuckDb.targets.
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const lock = join(here, ".restoring");
const wanted = join(here, "package-lock.json");
const installed = join(here, "node_modules", ".package-lock.json");

function isInstalled() {
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs;
}

/** True when we hold the lock; a lock whose owner has died is removed and asked for again. */
function takeLock() {
  try {
    const file = openSync(lock, "wx");
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (refused) {
    if (refused.code !== "EEXIST") {
      throw refused;
    }
  }
  try {
    const owner = Number(readFileSync(lock, "utf8"));
    if (owner > 0) {
      process.kill(owner, 0);
    }
  } catch (gone) {
    if (gone.code === "ESRCH") {
      rmSync(lock, { force: true });
    }
  }
  return false;
}

while (!isInstalled()) {
  if (!takeLock()) {
    await new Promise((done) => setTimeout(done, 200));
    continue;
  }
  try {
    if (!isInstalled()) {
      const npm = spawnSync("npm ci --ignore-scripts --no-audit --no-fund --loglevel=error", { cwd: here, shell: true, stdio: "inherit" });
      process.exitCode = npm.status ?? 1;
    }
  } finally {
    rmSync(lock, { force: true });
  }
  break;
}
