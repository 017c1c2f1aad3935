/** Whether the visitor asks for less motion, at this moment. */
export const prefersReducedMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
