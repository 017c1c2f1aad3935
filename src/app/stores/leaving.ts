/** What the page does when it is left: asks back while something is unsaved, and has a run's state kept when it is hidden. */

const askBack = (event: BeforeUnloadEvent) => event.preventDefault();

/** The browser asks only those who have done something on the page, in words of its own. */
export function guardLeaving(isUnsaved: boolean): void {
  if (isUnsaved) addEventListener("beforeunload", askBack);
  else removeEventListener("beforeunload", askBack);
}

/** A hidden page may be ended without another word, on phones above all. */
export function checkpointWhenHidden(checkpointNow: () => void): void {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") checkpointNow();
  });
}
