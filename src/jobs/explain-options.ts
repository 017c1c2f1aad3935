/** What can be explained, and for which kind of device; apart from the engine, for the command line's help. */
export const explainedPrograms = ["step", "evaluation", "gradient", "product"] as const;
export type ExplainedProgram = (typeof explainedPrograms)[number];

export const explainedDevices = ["gpu", "software"] as const;
export type ExplainedDevice = (typeof explainedDevices)[number];
