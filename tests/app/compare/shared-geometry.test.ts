import { describe, expect, it } from "vitest";
import { sharedGridGeometry } from "../../../src/app/scene/grid-geometry.ts";

describe("geometry of several reliefs", () => {
  it("is one for one size, and another for another", () => {
    expect(sharedGridGeometry(9, 9, 1)).toBe(sharedGridGeometry(9, 9, 1));
    expect(sharedGridGeometry(9, 9, 2)).not.toBe(sharedGridGeometry(9, 9, 1));
    expect(sharedGridGeometry(9, 9, 1).index!.count).toBe(8 * 8 * 6);
    expect(sharedGridGeometry(9, 9, 2).index!.count).toBe(4 * 4 * 6);
  });

  it("gives back what has not been used for longest", () => {
    const first = sharedGridGeometry(20, 20, 1);
    let isDisposed = false;
    first.addEventListener("dispose", () => {
      isDisposed = true;
    });
    for (let columns = 21; columns < 26; columns++) sharedGridGeometry(columns, 20, 1);
    expect(isDisposed).toBe(false);
    sharedGridGeometry(26, 20, 1);
    expect(isDisposed).toBe(true);
    expect(sharedGridGeometry(20, 20, 1)).not.toBe(first);
  });
});
