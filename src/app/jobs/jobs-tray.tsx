/** What the worker has to do, on every page: how far each job is, what waits for what, and what is to go first. */
import { ActionIcon, Popover, Tooltip, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconArrowBarDown, IconArrowBarToUp, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useStore } from "zustand";
import { useSession } from "../context/session.ts";
import { countWords } from "../kit/format.ts";
import { Meter } from "../kit/meter.tsx";
import type { ShownJob } from "../stores/jobs-store.ts";
import { jobName, turnWords } from "./job-words.ts";
import classes from "./jobs-tray.module.css";

export function JobsTray() {
  const store = useSession().jobs;
  const jobs = useStore(store, (state) => state.jobs);
  const [isOpen, setIsOpen] = useState(false);
  const first = jobs.find(({ turn }) => turn === "running") ?? jobs[0];
  return (
    <>
      <VisuallyHidden role="status">{jobs.map((job) => `${jobName(job)} ${stateWord(job)}`).join(", ")}</VisuallyHidden>
      {first && (
        <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" shadow="sm" width={320} trapFocus>
          <Popover.Target>
            <UnstyledButton
              className={classes.button}
              aria-label={`${countWords(jobs.length, "job")}: ${jobName(first)} ${turnWords(first, jobs)}`}
              onClick={() => setIsOpen(!isOpen)}
            >
              <span className={classes.label}>{jobName(first)}</span>
              {jobs.length > 1 && <span className={classes.more}>+{jobs.length - 1}</span>}
              <Meter label={`${jobName(first)}: done`} fraction={first.fraction ?? 0} marginTop={0} />
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown p={0}>
            <ul className={classes.list} aria-label="Jobs, in the order in which they go">
              {jobs.map((job) => (
                <JobRow key={job.id} job={job} jobs={jobs} />
              ))}
            </ul>
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  );
}

/** A job's state in words, without figures that change all the time: those are for who looks for them. */
const stateWord = ({ turn }: ShownJob) =>
  turn === "running" ? "is running" : turn === "paused" ? "gives way" : "waits";

function JobRow({ job, jobs }: { readonly job: ShownJob; readonly jobs: readonly ShownJob[] }) {
  const { move, cancel } = useSession().jobs.getState();
  const name = jobName(job);
  const mayWait = job.turn === "running" && job.name !== "train" && jobs.some(({ turn }) => turn !== "running");
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <b>{name}</b>
        <span>{turnWords(job, jobs)}</span>
      </div>
      {job.turn !== "running" && job.name !== "train" && (
        <RowButton label={`Run first: ${name}`} onClick={() => move(job.id, "first")}>
          <IconArrowBarToUp size={16} stroke={1.5} />
        </RowButton>
      )}
      {mayWait && (
        <RowButton label={`Let the others go first: ${name}`} onClick={() => move(job.id, "last")}>
          <IconArrowBarDown size={16} stroke={1.5} />
        </RowButton>
      )}
      <RowButton label={`Cancel: ${name}`} onClick={() => cancel(job.id)}>
        <IconX size={16} stroke={1.5} />
      </RowButton>
      <div className={classes.meter}>
        <Meter label={`${name}: done`} fraction={job.fraction ?? 0} marginTop={2} />
      </div>
    </li>
  );
}

interface RowButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

const RowButton = ({ label, onClick, children }: RowButtonProps) => (
  <Tooltip label={label.replace(/:.*/, "")}>
    <ActionIcon aria-label={label} size={28} onClick={onClick}>
      {children}
    </ActionIcon>
  </Tooltip>
);
