import { describe, expect, it } from "vitest";
import { homeOrbit, orbitForKey, pan, turn, viewDirection, zoomBy } from "../../src/app/figure/orbit.ts";
import { layOutAxes, quadrantOf } from "../../src/app/scene/axes-layout.ts";
import { overlaps } from "../../src/app/scene/label-layer.ts";
import { between } from "../../src/app/stores/viewpoint-store.ts";

describe("orbit", () => {
  it("never passes the zenith or goes far below the horizon", () => {
    expect(turn(homeOrbit, 0, 9).elevation).toBeLessThan(Math.PI / 2);
    expect(turn(homeOrbit, 0, -9).elevation).toBeGreaterThan(-0.2);
  });

  it("zooms in and out to the same place, within limits", () => {
    expect(zoomBy(zoomBy(homeOrbit, 1.3), 1 / 1.3).zoom).toBeCloseTo(1, 12);
    const [near, far] = [zoomBy(homeOrbit, 1e6), zoomBy(homeOrbit, 1e-6)];
    expect(zoomBy(near, 2)).toEqual(near);
    expect(zoomBy(far, 1 / 2)).toEqual(far);
    expect(near.zoom).toBeGreaterThan(0.1);
    expect(near.zoom).toBeLessThan(0.5);
    expect(far.zoom).toBeGreaterThan(2);
    expect(far.zoom).toBeLessThan(10);
  });

  it("pans at right angles to the line of sight", () => {
    const moved = pan(homeOrbit, 0.1, 0.2);
    const direction = viewDirection(homeOrbit);
    const dot = [0, 1, 2].reduce(
      (sum, axis) => sum + direction[axis] * (moved.target[axis] - homeOrbit.target[axis]),
      0,
    );
    expect(dot).toBeCloseTo(0, 12);
  });

  it("knows its keys and leaves the others alone", () => {
    expect(orbitForKey(homeOrbit, "ArrowLeft", false)!.azimuth).toBeLessThan(homeOrbit.azimuth);
    expect(orbitForKey(homeOrbit, "ArrowLeft", true)!.target[0]).not.toBe(homeOrbit.target[0]);
    expect(orbitForKey(turn(homeOrbit, 1, 0.1), "0", false)).toEqual(homeOrbit);
    expect(orbitForKey(homeOrbit, "a", false)).toBeNull();
  });

  it("glides the shorter way round", () => {
    const from = { ...homeOrbit, azimuth: 3 };
    const half = between(from, { ...homeOrbit, azimuth: -3 }, 0.5);
    expect(half.azimuth).toBeCloseTo(Math.PI, 6);
  });
});

describe("layOutAxes", () => {
  const relief = { halfWidth: 1, halfDepth: 0.5, top: 0.8 };
  const ticks = {
    alpha: [{ place: 0, text: "0" }],
    beta: [{ place: 1, text: "1" }],
    value: [{ place: 0.5, text: "2" }],
    valueName: "Loss",
  };

  it.each([0.3, 1.9, 3.6, 5.2])("puts the floor's labels on the viewer's side at azimuth %f", (azimuth) => {
    const orbit = { ...homeOrbit, azimuth };
    const [x, , z] = viewDirection(orbit);
    const { labels } = layOutAxes(relief, ticks, quadrantOf(orbit));
    const at = (text: string) => labels.find((label) => label.text === text)!.position;
    expect(Math.sign(at("α")[2])).toBe(Math.sign(z));
    expect(Math.sign(at("β")[0])).toBe(Math.sign(x));
  });

  it.each([0.3, 1.9, 3.6, 5.2])("puts the value axis on the left of the screen at azimuth %f", (azimuth) => {
    const orbit = { ...homeOrbit, azimuth };
    const { labels } = layOutAxes(relief, ticks, quadrantOf(orbit));
    const [x, , z] = labels.find(({ text }) => text === "2")!.position;
    expect(x * Math.cos(azimuth) - z * Math.sin(azimuth)).toBeLessThan(0);
  });

  it("drops the value axis from straight above, where it is a point", () => {
    const quadrant = quadrantOf({ ...homeOrbit, elevation: 1.5 });
    expect(layOutAxes(relief, ticks, quadrant).labels.map(({ text }) => text)).toEqual(["0", "1", "α", "β"]);
  });
});

describe("overlaps", () => {
  it("keeps a gap between labels", () => {
    const box = { left: 0, top: 0, right: 10, bottom: 10 };
    expect(overlaps(box, { left: 12, top: 0, right: 20, bottom: 10 })).toBe(true);
    expect(overlaps(box, { left: 14, top: 0, right: 20, bottom: 10 })).toBe(false);
  });
});
