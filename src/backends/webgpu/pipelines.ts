/** Compute pipelines by their WGSL text: compiled once a device, however many plans use them. */
import { ProgramError } from "../backend.ts";

export class PipelineCache {
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(private readonly device: GPUDevice) {}

  /** How many have been compiled. */
  get size(): number {
    return this.pipelines.size;
  }

  /**
   * The pipeline of a text, labelled after the first who asks for it. Rejects with a ProgramError that carries the
   * compiler's message and the text.
   */
  get(code: string, label: string): Promise<GPUComputePipeline> {
    const known = this.pipelines.get(code);
    if (known) return known;
    const pipeline = this.compile(code, label);
    this.pipelines.set(code, pipeline);
    pipeline.catch(() => this.pipelines.delete(code));
    return pipeline;
  }

  private async compile(code: string, label: string): Promise<GPUComputePipeline> {
    const module = this.device.createShaderModule({ code, label });
    const compute = { module, entryPoint: "main" };
    try {
      return await this.device.createComputePipelineAsync({ label, layout: "auto", compute });
    } catch (error) {
      const { messages } = await module.getCompilationInfo();
      const lines = messages.map(({ lineNum, message }) => `line ${lineNum}: ${message}`).join("\n");
      throw new ProgramError(`the kernel "${label}" does not compile: ${String(error)}\n${lines}\n${code}`, {
        cause: error,
      });
    }
  }
}
