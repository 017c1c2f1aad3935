/** Whether WebGL runs on the processor: then the scene draws fewer pixels and, while moving, fewer triangles. */
const softwareNames = /swiftshader|llvmpipe|software|basic render/i;

function isSoftwareRenderer(gl: WebGLRenderingContext | WebGL2RenderingContext): boolean {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  return softwareNames.test(String(name));
}

/** Asks a throw-away context, before the scene's own is made. Null without WebGL 2. */
export function probeRenderer(): { readonly software: boolean } | null {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) return null;
  const software = isSoftwareRenderer(gl);
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return { software };
}
