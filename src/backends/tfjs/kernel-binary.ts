/**
 * How the compiled kernels of tfjs (its .wasm file) come in. The two environments differ only here: `kernels-node.ts`
 * reads the installed package, `kernels-browser.ts` fetches the file that the bundler has put beside the page.
 */

/** The bytes of tfjs's kernels, with SIMD instructions or without. Rejects when the file cannot be read. */
export type ReadKernels = (simd: boolean) => Promise<BufferSource>;

/** Name of the file in the tfjs package. */
export const kernelFile = (simd: boolean): string => `tfjs-backend-wasm${simd ? "-simd" : ""}.wasm`;
