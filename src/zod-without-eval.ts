/** Zod as the page and its workers take it (vite.config.ts): it makes no code from text. */
import { z } from "zod/v4";

z.config({ jitless: true });

export { z };
