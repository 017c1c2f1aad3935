// Vertices of the relief: a grid addressed by gl_VertexID, heights from the display texture.
precision highp sampler2D;

uniform sampler2D displayGrid; // R scaled value, G measured, B not finite
uniform ivec2 gridSize;
uniform vec2 halfExtent; // world half width (α) and half depth (β)
uniform vec2 scaledRange; // clip limits on the scale
uniform float top; // world height of the upper limit

out float scaledValue;
out vec2 flags;
out vec3 worldNormal;
out vec3 worldPosition;
out vec2 place; // 0..1 along α and β

float heightAt(ivec2 vertex) {
  float scaled = texelFetch(displayGrid, clamp(vertex, ivec2(0), gridSize - 1), 0).r;
  return clamp((scaled - scaledRange.x) / (scaledRange.y - scaledRange.x), 0.0, 1.0) * top;
}

void main() {
  ivec2 vertex = ivec2(gl_VertexID % gridSize.x, gl_VertexID / gridSize.x);
  vec4 texel = texelFetch(displayGrid, vertex, 0);
  scaledValue = texel.r;
  flags = texel.gb;
  vec2 last = vec2(max(gridSize - 1, ivec2(1)));
  place = vec2(vertex) / last;
  worldPosition = vec3((place.x * 2.0 - 1.0) * halfExtent.x, heightAt(vertex), (1.0 - place.y * 2.0) * halfExtent.y);

  ivec2 left = max(vertex - ivec2(1, 0), ivec2(0));
  ivec2 right = min(vertex + ivec2(1, 0), gridSize - 1);
  ivec2 below = max(vertex - ivec2(0, 1), ivec2(0));
  ivec2 above = min(vertex + ivec2(0, 1), gridSize - 1);
  vec2 spacing = 2.0 * halfExtent / last;
  float slopeX = (heightAt(right) - heightAt(left)) / (float(max(right.x - left.x, 1)) * spacing.x);
  float slopeZ = -(heightAt(above) - heightAt(below)) / (float(max(above.y - below.y, 1)) * spacing.y);
  worldNormal = normalize(vec3(-slopeX, 1.0, -slopeZ));

  gl_Position = projectionMatrix * viewMatrix * vec4(worldPosition, 1.0);
}
