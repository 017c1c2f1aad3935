/**
 * tfjs's engine in this thread: one for all, with one of its backends switched on. WebGL is taken only from graphics
 * hardware, where it computes in float32; a software renderer is slower than plain loops.
 */
import * as tf from "@tensorflow/tfjs-core";
import { BackendUnavailableError, DeviceLostError } from "../../backend.ts";

export type EngineName = "webgl" | "cpu";

export interface Engine {
  readonly description: string;
  readonly lost: Promise<DeviceLostError>;
  /** Makes tfjs compute here; to be awaited before ops are called. */
  activate(): Promise<void>;
}

const softwareRenderers = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Rejects with BackendUnavailableError. `anyRenderer` takes a software renderer for WebGL too. */
export async function startEngine(name: EngineName, anyRenderer = false): Promise<Engine> {
  if (name === "cpu") {
    await import("@tensorflow/tfjs-backend-cpu");
    await switchTo(name);
    return { description: "JavaScript", lost: new Promise(() => {}), activate: () => switchTo(name) };
  }
  const { MathBackendWebGL } = await import("@tensorflow/tfjs-backend-webgl");
  if (typeof OffscreenCanvas === "undefined" && typeof document === "undefined") {
    throw new BackendUnavailableError("There is no WebGL outside a browser.");
  }
  await switchTo(name);
  const backend = tf.backend();
  if (!(backend instanceof MathBackendWebGL)) throw new BackendUnavailableError("This browser has no WebGL.");
  const { gl } = backend.gpgpu;
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  if (!anyRenderer && softwareRenderers.test(renderer)) {
    throw new BackendUnavailableError(`WebGL runs on a software renderer here (${renderer}).`);
  }
  if (!tf.env().getBool("WEBGL_RENDER_FLOAT32_ENABLED")) {
    throw new BackendUnavailableError(`WebGL does not compute in float32 here (${renderer}).`);
  }
  const lost = new Promise<DeviceLostError>((resolve) => {
    gl.canvas.addEventListener("webglcontextlost", () => {
      resolve(new DeviceLostError(`The WebGL context was lost (${renderer}).`));
    });
  });
  return { description: `WebGL (${renderer})`, lost, activate: () => switchTo(name) };
}

async function switchTo(name: EngineName): Promise<void> {
  if (tf.engine().backendName === name) return;
  if (!(await tf.setBackend(name))) throw new BackendUnavailableError(`tfjs has no ${name} here.`);
}
