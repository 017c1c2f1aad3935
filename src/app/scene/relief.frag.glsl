// Colours of the relief: colour map under a hillshade, anti-aliased contours, hatching where nothing is measured yet,
// a stipple where the value is clipped, a cross-hatch where it is not finite. Colours are sRGB throughout.
precision highp float;

const int maximumLevels = MAXIMUM_LEVELS;

uniform sampler2D colourMap;
uniform vec2 scaledRange;
uniform sampler2D layer; // R what colours stand for, G measured, B not finite
uniform ivec2 layerSize;
uniform bool layered;
uniform vec4 levels[maximumLevels / 2]; // two contours each: scaled value, 1 for an index contour
uniform int levelCount;
uniform vec3 paper;
uniform vec3 ink;
uniform vec3 lightDirection;
uniform float pixelRatio;
uniform float contourOpacity;
uniform float unmeasuredHue; // how much of the interpolated colour shows where nothing is measured

in float scaledValue;
in vec2 flags;
in vec3 worldNormal;
in vec3 worldPosition;
in vec2 place;
out vec4 fragColour;

// Coverage of a line of `width` pixels at distance `offset` (in the units of `value`), anti-aliased over one pixel.
float lineCoverage(float offset, float perPixel, float width) {
  float pixels = abs(offset) / max(perPixel, 1e-12);
  return 1.0 - smoothstep(width * 0.5 - 0.5, width * 0.5 + 0.5, pixels);
}

float hatch(vec2 pixel, float spacing, float width) {
  float along = mod(pixel.x + pixel.y, spacing);
  float off = min(along, spacing - along) * 0.70711;
  return 1.0 - smoothstep(width * 0.5 - 0.5, width * 0.5 + 0.5, off);
}

float contours(float perPixel) {
  float coverage = 0.0;
  float nearest = 1e9;
  float second = 1e9;
  for (int level = 0; level < maximumLevels; level++) {
    if (level >= levelCount) break;
    vec4 pair = levels[level / 2];
    vec2 contour = level % 2 == 0 ? pair.xy : pair.zw;
    float offset = abs(scaledValue - contour.x);
    second = min(second, max(nearest, offset));
    nearest = min(nearest, offset);
    float width = (contour.y > 0.5 ? 1.7 : 0.9) * pixelRatio;
    float strength = contour.y > 0.5 ? 1.0 : 0.62;
    coverage = max(coverage, lineCoverage(offset, perPixel, width) * strength);
  }
  // Where lines come closer than about three pixels they would merge into a smear.
  float spacing = (nearest + second) / max(perPixel, 1e-12);
  return coverage * smoothstep(1.5, 5.0, spacing / pixelRatio);
}

// Bilinear by hand: float textures need not be filterable.
vec3 layerAt(vec2 fraction) {
  vec2 at = clamp(fraction, 0.0, 1.0) * vec2(layerSize - 1);
  ivec2 low = min(ivec2(at), max(layerSize - 2, ivec2(0)));
  ivec2 high = min(low + 1, layerSize - 1);
  vec2 part = at - vec2(low);
  vec3 below = mix(texelFetch(layer, low, 0).rgb, texelFetch(layer, ivec2(high.x, low.y), 0).rgb, part.x);
  vec3 above = mix(texelFetch(layer, ivec2(low.x, high.y), 0).rgb, texelFetch(layer, high, 0).rgb, part.x);
  return mix(below, above, part.y);
}

void main() {
  float t = (scaledValue - scaledRange.x) / (scaledRange.y - scaledRange.x);
  float perPixel = fwidth(scaledValue);
  vec3 coloured = layered ? layerAt(place) : vec3(t, 1.0, 0.0);
  vec3 hue = texture(colourMap, vec2((clamp(coloured.r, 0.0, 1.0) * 255.0 + 0.5) / 256.0, 0.5)).rgb;

  vec3 normal = normalize(worldNormal);
  float facing = dot(normal, lightDirection);
  float shade = 0.62 + 0.5 * clamp(facing, 0.0, 1.0) - 0.12 * clamp(-facing, 0.0, 1.0);
  vec2 pixel = gl_FragCoord.xy / pixelRatio;

  vec3 colour = hue * shade;
  // A little of the light's own colour on the brightest slopes keeps dark blues readable.
  colour += vec3(0.07) * smoothstep(0.75, 1.0, facing);

  float measured = smoothstep(0.45, 0.55, min(flags.x, coloured.g));
  float notFinite = smoothstep(0.45, 0.55, max(flags.y, coloured.b)) * measured;
  float clippedHigh = step(1.0 + 1e-4, t);
  float clippedLow = step(t, -1e-4);
  float clipped = max(clippedHigh, clippedLow) * measured * (1.0 - notFinite);

  // Not measured: paper in the relief's shade, a breath of the interpolated colour, thin hatching.
  vec3 uncharted = mix(paper, hue * (0.25 + 0.75 * shade), unmeasuredHue);
  uncharted = mix(uncharted, ink, 0.26 * hatch(pixel, 7.0, 1.0));
  colour = mix(uncharted, colour, measured);

  // Clipped: the end colour towards paper, stippled.
  vec2 cell = mod(pixel, 6.0) - 3.0;
  float dot6 = 1.0 - smoothstep(0.7, 1.5, length(cell));
  vec3 plateau = mix(mix(hue, paper, 0.45), ink, 0.35 * dot6);
  colour = mix(colour, plateau, clipped);

  // Not finite: dark ground, cross-hatched.
  vec3 voidColour = mix(mix(ink, paper, 0.22), paper, 0.55 * max(hatch(pixel, 8.0, 1.0), hatch(vec2(pixel.x, -pixel.y), 8.0, 1.0)));
  colour = mix(colour, voidColour, notFinite);

  float line = contours(perPixel) * contourOpacity * (1.0 - notFinite) * (1.0 - clipped);
  // Light on dark colours and dark on light ones, by the value alone: a contour keeps one colour along its length.
  vec3 lineColour = dot(hue, vec3(0.299, 0.587, 0.114)) > 0.33 ? vec3(0.05, 0.07, 0.09) : vec3(0.92, 0.95, 0.96);
  colour = mix(colour, lineColour, line * mix(0.35, 0.72, measured));

  // The rim of a clipped region, and of the whole sheet.
  float rim = max(lineCoverage(t - 1.0, fwidth(t), 1.6 * pixelRatio), lineCoverage(t, fwidth(t), 1.6 * pixelRatio));
  colour = mix(colour, ink, 0.75 * rim * clipped);
  vec2 inward = min(place, 1.0 - place);
  float edge = max(lineCoverage(inward.x, fwidth(place.x), 2.4 * pixelRatio), lineCoverage(inward.y, fwidth(place.y), 2.4 * pixelRatio));
  colour = mix(colour, ink, 0.55 * edge);

  // The underside: the same sheet, dimmed towards paper.
  if (!gl_FrontFacing) colour = mix(paper, colour * 0.7, 0.38);
  fragColour = vec4(colour, 1.0);
}
