/** What is wrong, one thing a line. */
import classes from "./problem-list.module.css";

export function ProblemList({ problems }: { readonly problems: readonly string[] }) {
  return (
    <ul className={classes.list}>
      {problems.map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  );
}
