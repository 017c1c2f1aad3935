import { describe, expect, it } from "vitest";
import { progressWords } from "../../../src/app/spectrum/measurements/spectrum/progress-words.ts";
import { usualProducts } from "../../../src/app/spectrum/measurements/spectrum/usual-products.ts";
import { costRangeWords } from "../../../src/app/spectrum/panel/cost-words.ts";

/**
 * Products that `basin spectrum` took until all pairs had converged, after 5 or 10 epochs on 200 to 500 images: an MLP of
 * 64–64, VGG11-BN of width ⅛, ResNet-8 of width ¼.
 */
const solves = [
  { top: 1, bottom: 0, tolerance: 1e-1, took: [5, 4, 6] },
  { top: 3, bottom: 1, tolerance: 1e-1, took: [13, 8, 9] },
  { top: 10, bottom: 2, tolerance: 1e-1, took: [25, 24, 24] },
  { top: 20, bottom: 0, tolerance: 1e-1, took: [40, 40, 40] },
  { top: 1, bottom: 0, tolerance: 1e-3, took: [14, 6, 8] },
  { top: 3, bottom: 1, tolerance: 1e-3, took: [53, 23] },
  { top: 10, bottom: 2, tolerance: 1e-3, took: [105, 38] },
  { top: 20, bottom: 0, tolerance: 1e-3, took: [80, 69] },
  { top: 1, bottom: 0, tolerance: 1e-5, took: [17, 8] },
  { top: 3, bottom: 1, tolerance: 1e-5, took: [107, 30] },
  { top: 10, bottom: 2, tolerance: 1e-5, took: [139, 55] },
  { top: 20, bottom: 0, tolerance: 1e-5, took: [88, 84] },
];

describe("the usual number of products", () => {
  it.each(solves)("holds what was measured: $top from the top, $bottom from the bottom, to $tolerance", (solve) => {
    const { fewest, most } = usualProducts(solve, 400);
    // A block of one product a pair may leave one over.
    expect(Math.min(...solve.took)).toBeGreaterThanOrEqual(fewest - 1);
    expect(Math.max(...solve.took)).toBeLessThanOrEqual(most + 1);
    expect(most).toBeLessThan(4 * Math.max(...solve.took));
  });

  it("is within the limit", () => {
    expect(usualProducts({ top: 20, bottom: 0, tolerance: 1e-5 }, 50)).toEqual({ fewest: 50, most: 50 });
  });
});

describe("its words", () => {
  const price = { product: { flop: 1e10, isExact: false }, speed: 1e10 };

  it("are a range of products, work and time, and the limit as a limit", () => {
    expect(costRangeWords({ fewest: 30, most: 52 }, 400, price)).toBe(
      "usually 30 to 52 products ≈ 300 GFLOP to 520 GFLOP, about 30 s to 52 s on this device; never more than 400",
    );
    expect(costRangeWords({ fewest: 30, most: 52 }, 400, { product: null, speed: null })).toBe(
      "usually 30 to 52 products; never more than 400",
    );
  });

  it("are the limit where it is what ends the solve", () => {
    expect(costRangeWords({ fewest: 50, most: 50 }, 50, { product: null, speed: null })).toBe("up to 50 products");
  });
});

describe("the words while it is solved", () => {
  const unknown = { products: null, atMost: 390, secondsPerProduct: 0.5 };

  it("quote the limit only where the solve has gone beyond what is usual", () => {
    const at = (products: number) => progressWords({ products, converged: 2 }, 10, unknown, 52);
    expect(at(10)).toBe("10 products, 2 of 10 converged; usually at most 42 more, about 21 s");
    expect(at(60)).toBe("60 products, 2 of 10 converged; longer than usual, at most 390 more, about 3 min");
    const known = { ...unknown, products: 4 };
    expect(progressWords({ products: 10, converged: 2 }, 10, known, 52)).toMatch(/about 2 s left$/);
  });
});
