/** Drawings in outline of figures that are still empty. */

const stems = [34, 22, 16, 12, 10, 8, 7, 6];
const bars = [52, 20, 34, 12, 44];

export type SketchName = "eigenvalues" | "density" | "layers" | "subsets";

export function Sketch({ name }: { readonly name: SketchName }) {
  return (
    <svg className="sketch" width={132} height={56} viewBox="0 0 132 56" aria-hidden="true">
      <path d="M4.5 2V51.5H130" />
      {sketches[name]}
    </svg>
  );
}

const sketches = {
  eigenvalues: (
    <>
      {stems.map((height, i) => (
        <g key={height}>
          <path d={`M${15 + i * 12} 42V${42 - height}`} />
          <circle cx={15 + i * 12} cy={42 - height} r={2} />
        </g>
      ))}
      <path d="M117 42V46" />
      <circle cx={117} cy={47} r={2} />
    </>
  ),
  density: (
    <path d="M8 51C20 50 24 44 28 26C31 10 33 10 36 26C41 46 46 50 62 51M70 51C74 42 78 42 82 51M104 51C107 45 110 45 113 51" />
  ),
  layers: bars.map((length, i) => <path key={length} d={`M5 ${9 + i * 9}h${length * 2}`} className="sketch-bar" />),
  subsets: (
    <>
      <path d="M5 20H130" strokeDasharray="3 3" />
      {[20, 46, 72, 98].map((x, i) => (
        <g key={x}>
          <path d={`M${x} ${6 + i * 3.4}V${22 - i * 0.6}M${x - 5} ${14 + i * 1.4}h10`} />
          <path d={`M${x} ${34 - i * 2.2}V${46 - i * 3.6}M${x - 5} ${40 - i * 3}h10`} />
        </g>
      ))}
    </>
  ),
};
