// Vertices of the training's path: per instance a point, the way to the next inside the frame, the line to the surface
// and the mark of the replay. Heights follow the relief's scale and clip limits.
precision highp float;

in vec3 shape; // unit normal of a ball; of a tube in its cross-section
in vec2 piece; // part: 0 tube, 1 bead, 2 line to the surface, 3 mark; and 0 or 1 along a tube
in vec4 from; // u, v, scaled value, distance off the plane over that from the first point to the last
in vec4 to;
in vec4 reach; // from, to of the way inside the frame; scaled surface; flags: 1 bead, 2 line

uniform vec2 halfExtent;
uniform vec2 scaledRange;
uniform float top;
uniform float radius;
uniform float count; // points
uniform float replay; // of the replay, in points; negative for none

out vec3 worldNormal;
out vec3 worldPosition;
out float progress; // along the path, in points
out float part;
out float isStart;

const float thinnest = 0.3; // of the tube, where the point lies as far off the plane as the path is long

vec3 placed(vec2 place, float scaled) {
  float t = clamp((scaled - scaledRange.x) / (scaledRange.y - scaledRange.x), 0.0, 1.0);
  return vec3((place.x * 2.0 - 1.0) * halfExtent.x, t * top, (1.0 - place.y * 2.0) * halfExtent.y);
}

float thickness(float off) {
  return radius * mix(1.0, thinnest, clamp(off, 0.0, 1.0));
}

void hide() {
  gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}

void tube(vec3 start, vec3 end, float along, float thick) {
  vec3 way = end - start;
  vec3 axis = normalize(way);
  vec3 side = normalize(cross(abs(axis.y) < 0.9 ? vec3(0.0, 1.0, 0.0) : vec3(1.0, 0.0, 0.0), axis));
  worldNormal = side * shape.x + cross(axis, side) * shape.y;
  worldPosition = mix(start, end, along) + worldNormal * thick;
}

void main() {
  float index = float(gl_InstanceID);
  int flags = int(reach.w + 0.5);
  bool hasBead = (flags & 1) != 0;
  vec3 start = placed(from.xy, from.z);
  vec3 end = placed(to.xy, to.z);
  part = piece.x;
  progress = index;
  isStart = index < 0.5 ? 1.0 : 0.0;
  worldNormal = shape;

  if (part < 0.5) {
    if (reach.x >= reach.y || distance(start, end) < 1e-6) {
      hide();
      return;
    }
    float along = mix(reach.x, reach.y, piece.y);
    // Pointed where it leaves the frame.
    bool leaves = piece.y > 0.5 ? reach.y < 1.0 : reach.x > 0.0;
    float thick = leaves ? 0.0 : thickness(mix(from.w, to.w, along));
    tube(mix(start, end, reach.x), mix(start, end, reach.y), piece.y, thick);
    progress = index + along;
    isStart = 0.0;
  } else if (part < 1.5) {
    if (!hasBead) {
      hide();
      return;
    }
    float size = isStart > 0.5 ? 2.2 * radius : 1.45 * thickness(from.w);
    worldPosition = start + shape * size;
  } else if (part < 2.5) {
    vec3 foot = placed(from.xy, reach.z);
    if ((flags & 2) == 0 || distance(start, foot) < 2.0 * radius) {
      hide();
      return;
    }
    tube(start, foot, piece.y, 0.18 * radius);
  } else {
    float part01 = replay - index;
    vec4 here = mix(from, to, clamp(part01, 0.0, 1.0));
    bool isOn = replay >= 0.0 && part01 >= 0.0 && (part01 < 1.0 || index > count - 1.5);
    bool isInside = all(greaterThanEqual(here.xy, vec2(-1e-6))) && all(lessThanEqual(here.xy, vec2(1.0 + 1e-6)));
    if (!isOn || !isInside) {
      hide();
      return;
    }
    worldPosition = placed(here.xy, here.z) + shape * 2.6 * radius;
  }
  gl_Position = projectionMatrix * viewMatrix * vec4(worldPosition, 1.0);
}
