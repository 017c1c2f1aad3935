/** The pages there are, in the order of their tabs. What draws them is in `pages/`, under the same ids. */
export const pages = [
  { id: "landscape", title: "Landscape" },
  { id: "compare", title: "Compare" },
  { id: "spectrum", title: "Spectrum" },
  { id: "runs", title: "Runs" },
  { id: "device", title: "Device" },
] as const;

export type PageId = (typeof pages)[number]["id"];

export const pageIds: readonly PageId[] = pages.map(({ id }) => id);
