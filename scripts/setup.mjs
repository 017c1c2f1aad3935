/** Installs the locked dependencies when they are missing or older than the lockfile. */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a command in the project's folder with its output shown; returns its exit code. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    ...options,
  });
  if (error) throw error;
  return status ?? 1;
}

/** Runs a program that a dependency brought. */
export const runTool = (name, args, options) => run("npx", ["--no-install", name, ...args], options);

export function ensureInstalled() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Basin needs Node 20.19 or later; this is ${process.versions.node}.`);
  }
  const installed = `${root}/node_modules/.package-lock.json`;
  const locked = `${root}/package-lock.json`;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(locked).mtimeMs) return;
  console.error("Installing the locked dependencies …");
  const code = run("npm", ["ci", "--no-audit", "--no-fund"]);
  if (code !== 0) throw new Error(`npm ci failed with code ${code}; its output above says why.`);
}
