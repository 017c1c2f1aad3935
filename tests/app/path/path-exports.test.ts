import { describe, expect, it } from "vitest";
import { contourSvg } from "../../../src/app/drawing/contour-svg.ts";
import { figureAdditions } from "../../../src/app/export/figure-additions.ts";
import { surfaceToGlb } from "../../../src/app/export/mesh/gltf.ts";
import { pathLines } from "../../../src/app/export/mesh/path-lines.ts";
import { surfaceToVtp } from "../../../src/app/export/mesh/vtp.ts";
import { pathArrays } from "../../../src/app/export/path-files.ts";
import { colourTable } from "../../../src/app/figure/colour-maps.ts";
import { buildFigure } from "../../../src/app/figure/figure.ts";
import { reliefExtent } from "../../../src/app/figure/relief.ts";
import { defaultView } from "../../../src/app/figure/view-settings.ts";
import { readNpz, writeNpz } from "../../../src/experiment/numpy/npz.ts";
import { pathToCsv } from "../../../src/experiment/trajectory-files.ts";
import { gridOf } from "../overlay-figures.ts";
import { bowl, pathOf } from "./path-figure.ts";

const path = pathOf(
  [
    [-3, 0, 0.5],
    [-0.5, 0.5, 0.25],
    [0.25, 0.25, 0.125],
    [0, 0, 0],
  ],
  { unmeasured: [2] },
);
const figure = buildFigure(gridOf(9, bowl), { ...defaultView, scale: "linear" }, { path });
const relief = reliefExtent(2, 2, 1);

describe("a path in files", () => {
  it("is a table with empty values where nothing is measured", () => {
    const lines = pathToCsv(path).trim().split("\n");
    expect(lines[0]).toBe("step,alpha,beta,offPlane,loss,lossError,accuracy");
    expect(lines[1].split(",").slice(0, 5).map(Number)).toEqual([0, -3, 0, 0.5, 10]);
    expect(lines[3]).toBe("40,0.25,0.25,0.125,,,");
    expect(lines).toHaveLength(5);
  });

  it("stands beside the surface in JSON and npz", () => {
    const { documents } = figureAdditions(figure, { tolerance: 0.1, dimension: 1, unconverged: 0 });
    expect(documents.path).toMatchObject({ step: [0, 20, 40, 60], alpha: [-3, -0.5, 0.25, 0], distance: 2 });
    const back = readNpz(writeNpz(pathArrays(path)), "path.npz");
    expect(back.path_offPlane.data).toEqual(path.offPlane);
    expect(back.path_loss.shape).toEqual([4]);
  });

  it("is lines of glTF inside the frame, each point at its own value", () => {
    const lines = pathLines(figure, relief);
    // Of three ways only the first is measured at both ends; it begins at the frame's edge.
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBeCloseTo(-1, 6);
    expect([lines[3], lines[5]]).toEqual([-0.5, -0.5]);
    const { scaledLow, scaledHigh } = figure.range;
    expect(lines[4]).toBeCloseTo((relief.top * (bowl(-0.5, 0.5) + 0.25 - scaledLow)) / (scaledHigh - scaledLow), 6);
    const glb = surfaceToGlb(figure, relief, colourTable("viridis"), "Title", lines);
    const json = JSON.parse(
      new TextDecoder().decode(glb.subarray(20, 20 + new DataView(glb.buffer).getUint32(12, true))),
    );
    expect(json.meshes[1].primitives[0]).toMatchObject({ mode: 1, attributes: { POSITION: 4 } });
    const { bufferView, count } = json.accessors[4];
    const { byteOffset, byteLength } = json.bufferViews[bufferView];
    expect([count, byteLength]).toEqual([2, 24]);
    const start = glb.length - json.buffers[0].byteLength + byteOffset;
    expect(new Float32Array(glb.slice(start, start + byteLength).buffer)).toEqual(lines);
    const plain = surfaceToGlb(figure, relief, colourTable("viridis"), "Title");
    expect(new TextDecoder().decode(plain)).not.toContain("Path of training");
  });

  it("is a second piece of the vtp file, with the arrays of the first", () => {
    const xml = surfaceToVtp(figure);
    const pieces = xml.split("<Piece ").slice(1);
    const names = pieces.map((piece) => [...piece.matchAll(/Name="(\w+)"/g)].map(([, name]) => name).sort());
    expect(pieces).toHaveLength(2);
    expect(pieces[1]).toContain('NumberOfPoints="3" NumberOfPolys="0" NumberOfVerts="0" NumberOfLines="1"');
    expect(names[1]).toEqual(names[0]);
    expect(pieces[1]).toContain("-3 0 10 -0.5 0.5 1.5 0 0 0.5");
    expect(surfaceToVtp({ ...figure, path: null }).split("<Piece ")).toHaveLength(2);
  });

  it("is drawn on the map with a ring where it begins inside the frame", () => {
    const options = { ground: "data:,", colourMap: "viridis", caption: { title: "", text: "" } } as const;
    const inside = buildFigure(gridOf(9, bowl), defaultView, {
      path: pathOf([
        [-0.5, 0.5, 0],
        [0.5, 0, 1],
        [0, 0, 0],
      ]),
    });
    const svg = contourSvg(inside, options);
    expect(svg).toContain("<title>Step 20</title>");
    expect(svg.match(/stroke="#a1165c" stroke-width="1.75"/g)).toHaveLength(1);
    expect(svg).not.toContain("NaN");
    expect(contourSvg({ ...inside, path: null }, options)).not.toContain("<title>Step");
  });
});
