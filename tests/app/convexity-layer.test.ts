import { describe, expect, it } from "vitest";
import { convexityToCsv } from "../../src/app/export/figure-additions.ts";
import { convexityCost, secondsLeft } from "../../src/app/figure/convexity-cost.ts";
import { convexityText, layerTexels, sampleLayer } from "../../src/app/figure/convexity-layer.ts";
import { layerOf } from "./overlay-figures.ts";

describe("a convexity layer", () => {
  it("is bilinear between its points", () => {
    const layer = layerOf(2, [0, 0.2, 0.4, 1]);
    for (const [u, v] of [
      [0, 0],
      [1, 1],
      [0.25, 0.5],
      [0.7, 0.1],
    ]) {
      const expected = 0.2 * u * (1 - v) + 0.4 * (1 - u) * v + u * v;
      expect(sampleLayer(layer, u, v)[0]).toBeCloseTo(expected, 6);
    }
  });

  it("knows what is measured, and half-way to a gap where it ends", () => {
    const layer = layerOf(3, [0.1, 0.1, null, 0.1, 0.1, null, 0.1, 0.1, null]);
    expect(layer.measuredCount).toBe(6);
    const [value, measured] = sampleLayer(layer, 1, 0.5);
    expect(value).toBeCloseTo(0.1, 6);
    expect(measured).toBe(0);
    expect(sampleLayer(layer, 0.75, 0.5)[1]).toBeCloseTo(0.5, 6);
    expect(convexityText(layer, 1, 0)).toBe("not measured yet");
    expect(convexityText(layer, 0.5, 0.5)).toBe("0.100");
    expect(convexityText(layer, 0.3, 0.5)).toBe("≈ 0.100");
  });

  it("is the same at all vertices at once as at each", () => {
    const layer = layerOf(3, [0.5, -0.25, Number.NaN, 3, null, 0.1, 0.2, 0.3, 0.4]);
    const [width, height] = [7, 4];
    const texels = layerTexels(layer, width, height);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const at = (row * width + column) * 4;
        const expected = sampleLayer(layer, column / (width - 1), row / (height - 1));
        expected.forEach((value, channel) => {
          expect(texels[at + channel]).toBeCloseTo(value, 6);
        });
      }
    }
  });

  it("takes the size of the ratio, whatever its signs, and keeps what is no number apart", () => {
    const layer = layerOf(2, [0.5, -0.25, Number.NaN, 3]);
    expect([layer.minCell, layer.maxCell, layer.nonFiniteCount, layer.measuredCount]).toEqual([1, 3, 1, 4]);
    expect(layer.texels[1 * 4]).toBe(0.25);
    expect(sampleLayer(layer, 0, 1)[2]).toBe(1);
    expect(convexityText(layer, 0, 1)).toBe("not finite");
  });

  it("is a table with a line a point, empty where nothing is measured", () => {
    const { values } = layerOf(2, [0.5, null, 0.25, 1]);
    expect(convexityToCsv(values).split("\n")).toEqual([
      "alpha,beta,largest,smallest,ratio",
      "-1,-1,2,-1,0.5",
      "1,-1,,,",
      "-1,1,2,-0.5,0.25",
      "1,1,2,-2,1",
      "",
    ]);
  });
});

describe("what a map takes", () => {
  const work = { points: 25, productsPerPoint: 20, productFlop: 4e9, evaluationFlop: 1e9, gflopPerSecond: 100 };

  it("is points × products × FLOP, at the device's speed", () => {
    expect(convexityCost({ ...work, secondsPerPoint: null })).toEqual({ flop: 2e12, seconds: 20 });
  });

  it("is taken from the points before it where there are some", () => {
    expect(convexityCost({ ...work, secondsPerPoint: 3 }).seconds).toBe(75);
  });

  it("is unknown where nothing is known", () => {
    const unknown = { ...work, productFlop: null, evaluationFlop: null, secondsPerPoint: null };
    expect(convexityCost(unknown)).toEqual({ flop: null, seconds: null });
    expect(convexityCost({ ...work, productFlop: null, secondsPerPoint: null }).flop).toBe(25 * 20 * 6e9);
    expect(secondsLeft(0, 25, 10)).toBeNull();
    expect(secondsLeft(5, 25, 10)).toBe(40);
  });
});
