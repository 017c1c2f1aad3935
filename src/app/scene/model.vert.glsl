// Vertices of the quadratic model: a grid addressed by gl_VertexID, heights in closed form.
precision highp float;

uniform int gridCount; // vertices along either side
uniform vec2 alphaEnds;
uniform vec2 betaEnds;
uniform float lossAtZero;
uniform vec2 gradient;
uniform vec3 hessian; // αα, αβ, ββ
uniform bool logarithmic;
uniform vec2 scaledRange;
uniform vec2 halfExtent;
uniform float top;

out vec2 point; // α and β
out vec3 worldNormal;

const float ln10 = 2.302585093;

void main() {
  vec2 place = vec2(gl_VertexID % gridCount, gl_VertexID / gridCount) / float(gridCount - 1);
  point = vec2(mix(alphaEnds.x, alphaEnds.y, place.x), mix(betaEnds.x, betaEnds.y, place.y));
  vec2 hp = vec2(hessian.x * point.x + hessian.y * point.y, hessian.y * point.x + hessian.z * point.y);
  float value = lossAtZero + dot(gradient, point) + 0.5 * dot(point, hp);
  vec2 slope = gradient + hp;
  if (logarithmic) {
    slope /= ln10 * max(value, 1e-12);
    value = log(max(value, 1e-12)) / ln10;
  }
  float perUnit = top / (scaledRange.y - scaledRange.x);
  // Far beyond the range it is cut off per fragment; here it only has to stay finite.
  float height = clamp((value - scaledRange.x) * perUnit, -2.0 * top, 3.0 * top);
  vec2 span = vec2(alphaEnds.y - alphaEnds.x, betaEnds.y - betaEnds.x);
  vec2 worldSlope = slope * perUnit * span / (2.0 * halfExtent);
  worldNormal = normalize(vec3(-worldSlope.x, 1.0, worldSlope.y));
  vec3 worldPosition = vec3((place.x * 2.0 - 1.0) * halfExtent.x, height, (1.0 - place.y * 2.0) * halfExtent.y);
  gl_Position = projectionMatrix * viewMatrix * vec4(worldPosition, 1.0);
}
