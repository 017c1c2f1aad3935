/** When and how many helpers are worth having, on any platform. */

/** They need a second or two to get ready. */
export const worthHelpMs = 3000;

/** Each holds the model and its images, so not more than this many. */
export const mostHelpers = 8;
