// Colours of the training's path: the accent's colour with a rim of paper, that it stands out from every colour map; what
// the replay has not come to is pale. Colours are sRGB throughout.
precision highp float;

uniform vec3 accent;
uniform vec3 paper;
uniform vec3 ink;
uniform vec3 lightDirection;
uniform float replay; // of the replay, in points; negative for none
uniform float opacity;

in vec3 worldNormal;
in vec3 worldPosition;
in float progress;
in float part;
in float isStart;
out vec4 fragColour;

void main() {
  vec3 normal = normalize(worldNormal);
  vec3 towards = normalize(cameraPosition - worldPosition);
  bool isLine = part > 1.5 && part < 2.5;
  bool isMark = part > 2.5;
  if (isLine && mod(worldPosition.y, 0.024) > 0.014) discard;
  vec3 hue = isMark ? ink : accent;
  float shade = isLine ? 1.0 : 0.78 + 0.3 * clamp(dot(normal, lightDirection), 0.0, 1.0);
  vec3 colour = hue * shade;
  float rim = smoothstep(0.7, 0.86, 1.0 - abs(dot(normal, towards)));
  if (!isLine) colour = mix(colour, paper, rim);
  // Where training begins: a ring.
  if (isStart > 0.5 && part > 0.5 && part < 1.5) colour = mix(paper, accent, smoothstep(0.22, 0.34, 1.0 - abs(dot(normal, towards))) * (1.0 - rim));
  float ahead = replay >= 0.0 && !isMark && progress > replay + 1e-4 ? 0.72 : 0.0;
  fragColour = vec4(mix(colour, paper, ahead), opacity);
}
