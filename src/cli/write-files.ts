/** Files appear whole or not at all: written beside their place, then renamed into it. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { messageOf } from "../data/data-error.ts";
import { CliError } from "./cli-error.ts";

export async function writeFileAtomically(path: string, contents: string | Uint8Array): Promise<void> {
  await writeTogether(dirname(path), { [path.slice(dirname(path).length + 1) || path]: contents });
}

/** Writes several files of a folder, made if need be; none is put in place before all are written. Throws CliError. */
export async function writeTogether(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const staged = Object.keys(files).map((name) => ({ name, temporary: join(folder, `.${name}.${process.pid}.tmp`) }));
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, temporary } of staged) await writeFile(temporary, files[name]);
    for (const { name, temporary } of staged) await rename(temporary, join(folder, name));
  } catch (error) {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })));
    const reason = messageOf(error);
    throw new CliError(`${folder}: It cannot be written (${reason}). Free space there or choose another place.`);
  }
}
