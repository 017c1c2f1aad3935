/** A measurement as a command: what a record says of it, and what follows from that. */
import type { Command } from "commander";
import type { ProbeStatus, SpectrumStatus } from "../../experiment/curvature.ts";
import type { ResultName } from "../../experiment/measurements/list.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import type { JobEvent, JobParams, JobResult } from "../../jobs/jobs.ts";
import { exitCodes } from "../cli-error.ts";
import type { LoadedCheckpoint } from "../inputs.ts";
import type { RunCommand } from "../run-command.ts";
import { addSchemaOptions, type OptionSchema } from "../schema-options.ts";
import type { Session } from "../session.ts";

/** Options that every measurement has. */
export interface CommonOptions {
  readonly checkpoint?: string | undefined;
  readonly spec?: string | undefined;
  readonly backend: BackendChoice;
  /** Folder of the files; none are written without. */
  readonly out?: string | undefined;
}

/** What every job is asked for. */
export type MeasuredAt = Pick<LoadedCheckpoint, "spec" | "weights"> & Pick<CommonOptions, "backend">;

export interface MeasurementCommand<Name extends ResultName, Options extends CommonOptions> {
  /** Name of the command, the job and the result. */
  readonly name: Name;
  readonly description: string;
  /** Its options, in the order of the help. */
  readonly options: OptionSchema<Options>;
  /** What it is measured at, where that is not the checkpoint that is named. */
  centre?(options: Options): Promise<MeasuredAt>;
  params(options: Options, at: MeasuredAt, session: Session): JobParams<Name> | Promise<JobParams<Name>>;
  /** Says on stderr what an event brings. */
  report(event: JobEvent<Name>, session: Session, params: JobParams<Name>): void;
  /** Contents by file name. */
  files(result: JobResult<Name>, params: JobParams<Name>): Promise<Readonly<Record<string, string | Uint8Array>>>;
  /** What is printed on stdout; `out` where files were written. */
  summary(result: JobResult<Name>, out: string | undefined): object;
}

/** A record whose options are known to itself alone, so that records of different options stand in one list. */
export interface ListedCommand<Name extends ResultName> {
  readonly name: Name;
  addTo(program: Command, run: RunCommand): void;
}

export const measurementCommand = <Name extends ResultName, Options extends CommonOptions>(
  record: MeasurementCommand<Name, Options>,
): ListedCommand<Name> => ({
  name: record.name,
  addTo(program, run) {
    const command = program.command(record.name).description(record.description);
    addSchemaOptions(command, record.options).action((given: unknown) =>
      run((session) => measure(record, record.options.parse(given), session)),
    );
  },
});

/** Resolves with the exit code. */
async function measure<Name extends ResultName, Options extends CommonOptions>(
  { name, centre = namedCheckpoint, params, report, files, summary }: MeasurementCommand<Name, Options>,
  options: Options,
  session: Session,
): Promise<number> {
  const at = await centre(options);
  await session.announceBackend(options.backend);
  const asked = await params(options, at, session);
  const result = await session.follow(name, asked, (event) => report(event, session, asked));
  const { out } = options;
  if (out !== undefined) {
    const { writeTogether } = await import("../write-files.ts");
    await writeTogether(out, await files(result, asked));
  }
  session.print(summary(result, out));
  return exitCodeOfStatus(result.status);
}

/** Engines are loaded by what reads checkpoints: not before there is one to read. */
async function namedCheckpoint({ checkpoint = "", spec: path, backend }: CommonOptions): Promise<MeasuredAt> {
  const { readCheckpoint } = await import("../inputs.ts");
  const { spec, weights } = await readCheckpoint(checkpoint, path);
  return { spec, weights, backend };
}

function exitCodeOfStatus(status: ProbeStatus | SpectrumStatus): number {
  switch (status) {
    case "complete":
    case "converged":
      return 0;
    case "cancelled":
      return exitCodes.interrupted;
    case "non-finite":
      return exitCodes.nonFinite;
    case "max-steps":
    case "breakdown":
      return exitCodes.failure;
  }
}
