// The quadratic model as a translucent sheet in the ink's colour: hillshade, dashed contours at the relief's levels, an edge.
// Nothing is drawn beyond the range of the vertical axis, nor where a log scale has no place for the value.
precision highp float;

const int maximumLevels = MAXIMUM_LEVELS;

uniform float lossAtZero;
uniform vec2 gradient;
uniform vec3 hessian;
uniform bool logarithmic;
uniform vec2 scaledRange;
uniform vec4 levels[maximumLevels / 2]; // two contours each: scaled value, 1 for an index contour
uniform int levelCount;
uniform vec2 alphaEnds;
uniform vec2 betaEnds;
uniform vec3 paper;
uniform vec3 ink;
uniform vec3 lightDirection;
uniform float pixelRatio;
uniform float contourOpacity;

in vec2 point;
in vec3 worldNormal;
out vec4 fragColour;

float lineCoverage(float offset, float perPixel, float width) {
  float pixels = abs(offset) / max(perPixel, 1e-12);
  return 1.0 - smoothstep(width * 0.5 - 0.5, width * 0.5 + 0.5, pixels);
}

const float slack = 0.02;

// Along the nearer of the screen's axes: unbroken where the line turns from one to the other, but for one dash.
float dashes(vec2 across, vec2 pixel) {
  float along = abs(across.y) > abs(across.x) ? pixel.x : pixel.y;
  return step(mod(along, 9.0), 5.5);
}

void main() {
  vec2 hp = vec2(hessian.x * point.x + hessian.y * point.y, hessian.y * point.x + hessian.z * point.y);
  float value = lossAtZero + dot(gradient, point) + 0.5 * dot(point, hp);
  float scaled = logarithmic ? log(max(value, 1e-12)) / 2.302585093 : value;
  float perPixel = fwidth(scaled);
  float t = (scaled - scaledRange.x) / (scaledRange.y - scaledRange.x);
  // A model of a minimum dips a hair below it: no hole for that.
  if (t < -slack || t > 1.0 || (logarithmic && value <= 0.0)) discard;

  float facing = dot(normalize(worldNormal), lightDirection);
  vec3 sheet = mix(ink, paper, 0.25 + 0.5 * clamp(facing, 0.0, 1.0));
  float opacity = 0.3;

  float line = 0.0;
  for (int level = 0; level < maximumLevels; level++) {
    if (level >= levelCount) break;
    vec4 pair = levels[level / 2];
    float contour = level % 2 == 0 ? pair.x : pair.z;
    line = max(line, lineCoverage(scaled - contour, perPixel, 1.0 * pixelRatio));
  }
  line *= 0.8 * contourOpacity * dashes(vec2(dFdx(scaled), dFdy(scaled)), gl_FragCoord.xy / pixelRatio);

  // Where it leaves the range, and where the plane ends.
  float edge = max(lineCoverage(t + slack, fwidth(t), 2.4 * pixelRatio), lineCoverage(1.0 - t, fwidth(t), 2.4 * pixelRatio));
  vec2 inward = min(
    (point - vec2(alphaEnds.x, betaEnds.x)) / vec2(alphaEnds.y - alphaEnds.x, betaEnds.y - betaEnds.x),
    (vec2(alphaEnds.y, betaEnds.y) - point) / vec2(alphaEnds.y - alphaEnds.x, betaEnds.y - betaEnds.x)
  );
  edge = max(edge, lineCoverage(inward.x, fwidth(inward.x), 2.4 * pixelRatio));
  edge = max(edge, lineCoverage(inward.y, fwidth(inward.y), 2.4 * pixelRatio));
  float mark = max(line, 0.85 * edge);
  fragColour = vec4(mix(sheet, ink, mark), mix(opacity, 0.9, mark));
}
