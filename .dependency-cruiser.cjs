/** Who may import whom (docs/architecture.md). A rule names the folder and what it must not reach. */
const only = (name, from, to, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { path: "^(src|workers)/", pathNot: to },
});
const packageOnlyIn = (name, packages, folders) => ({
  name,
  severity: "error",
  from: { path: "^(src|workers)/", pathNot: folders },
  to: { path: `node_modules/(${packages})(/|$)` },
});
/** Folders and files of src/app from the lowest up: each may import from those above it in this list. */
const pageLayers = [
  "styles/",
  "kit/",
  "figure/",
  "drawing/",
  "chart/",
  "stores/measurements/",
  "stores/settings/",
  "stores/",
  "stores/spectrum/",
  "stores/sweep/",
  "stores/trajectory/",
  "stores/compare/",
  "context/",
  "scene/",
  "export/mesh/",
  "export/",
  "plate/",
  "device/",
  "jobs/",
  "panels/",
  "runs/",
  "intake/",
  "sweep/",
  "opening/",
  "spectrum/",
  "spectrum/panel/",
  "spectrum/measurements/[^/]+/",
  "spectrum/measurements/",
  "spectrum/sheet/",
  "compare/export/",
  "compare/",
  "compare/panel/",
  "compare/sheet/",
  "pages/",
  "shell/",
  "(theme|theme-variables|app|browser-services|follow-tabs|show-sweep|open-stores|mount|main).tsx?",
];
const inLayers = (layers) =>
  `^src/app/(${layers.map((layer) => (layer.endsWith("/") ? `${layer}[^/]+` : layer.replace(".", "\\."))).join("|")})$`;
const pageRules = [
  ...pageLayers.map((layer, index) => ({
    name: `app-layers: ${layer}`,
    comment:
      `src/app/${layer} may import only layers below it: ${["itself", ...pageLayers.slice(0, index).reverse()].join(", ")}. ` +
      "Move what both need (often a type) down to the layer that it is about; do not reorder the list for one import.",
    severity: "error",
    from: { path: inLayers([layer]) },
    to: { path: "^src/app/", pathNot: inLayers(pageLayers.slice(0, index + 1)) },
  })),
  {
    name: "app-layers: folder without a layer",
    comment: "Give a new folder of src/app its place among the layers in .dependency-cruiser.cjs.",
    severity: "error",
    from: { path: "^src/app/", pathNot: inLayers(pageLayers) },
    to: {},
  },
];
/** What the page, formats and architectures read of data sets. */
const dataFacts = "^src/data/sets/(data-set|facts)\\.ts$";
/** What families of networks say of themselves, without tensor code; their networks are in networks.ts and <name>/. */
const architectureSpecs = "^src/architectures/((?!networks)[^/]+|[^/]+/spec)\\.ts$";
module.exports = {
  forbidden: [
    {
      name: "no-circular",
      comment: "No file imports itself by a detour, not for a type either: what both need goes to a file of its own.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    only(
      "architecture-specs-stand-alone",
      architectureSpecs,
      `${architectureSpecs}|${dataFacts}`,
      "the page's chunk holds them",
    ),
    only(
      "networks-on-models",
      "^src/architectures/(networks|[^/]+/(?!spec)[^/]+)\\.ts$",
      "^src/(architectures|models|tensor)/",
      "a network is a function over traced values",
    ),
    only("tensor-stands-alone", "^src/tensor/", "^src/tensor/", "tensor is pure"),
    only("backends-on-tensor", "^src/backends/", "^src/(backends|tensor)/", "backends know programs only"),
    only(
      "models-on-tensor",
      "^src/models/",
      `^src/(models|tensor)/|${architectureSpecs}`,
      "a model is a function over traced values",
    ),
    only("data-stands-alone", "^src/data/", "^src/data/", "data uses small libraries only"),
    only(
      "facts-of-data-stand-alone",
      "^src/data/sets/(facts|[^/]+/(facts|sources))\\.ts$",
      "^src/data/(pixel-normalization|sets/data-set|sets/[^/]+/(facts|sources))\\.ts$",
      "what formats and the page read of a data set reaches no reader",
    ),
    only(
      "experiment-stands-alone",
      "^src/experiment/",
      `^src/experiment/|${architectureSpecs}|${dataFacts}`,
      "formats use small libraries, and the facts of families and data sets",
    ),
    only(
      "execution",
      "^src/execution/",
      `^src/(execution|tensor|backends/backend|models|data)|${architectureSpecs}`,
      "execution runs a model's programs over micro-batches on a device, whatever for",
    ),
    ...["training", "landscape", "curvature"].map((folder) =>
      only(
        folder,
        `^src/${folder}/`,
        `^src/(${folder}|execution|tensor|backends/backend|models|data|experiment)|${architectureSpecs}`,
        "numerical work knows no job, worker or screen, and shares src/execution",
      ),
    ),
    only(
      "comparison",
      "^src/comparison/",
      `^src/(comparison|training|landscape|curvature|execution|tensor|backends/backend|models|data|experiment)|${architectureSpecs}`,
      "numerical work knows no job, worker or screen",
    ),
    only(
      "jobs",
      "^src/jobs/",
      "^src/(jobs|training|landscape|curvature|comparison|execution|tensor|backends|models|architectures|data|experiment)",
      "jobs know no worker and no screen",
    ),
    {
      name: "protocol-takes-types-only",
      severity: "error",
      from: { path: "^src/protocol/" },
      to: { path: "^src/", pathNot: "^src/protocol/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "app-runs-no-engine",
      comment: "The page's chunk holds no tensor, backend, model or training code: it talks to the worker.",
      severity: "error",
      from: { path: "^src/app/" },
      to: {
        path: "^src/(tensor|backends|models|execution|training|landscape|comparison|jobs|cli)/",
        // A pure function of numbers.
        pathNot: "^src/comparison/curve-shares\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "app-takes-specs-of-architectures",
      severity: "error",
      from: { path: "^src/app/" },
      to: { path: "^src/architectures/", pathNot: architectureSpecs },
    },
    {
      name: "app-takes-pure-curvature",
      comment: "Of curvature the page takes what works on arrays alone: nothing that reaches a program or a backend.",
      severity: "error",
      from: { path: "^src/app/" },
      to: {
        path: "^src/curvature/",
        pathNot: "^src/curvature/(estimators/density|eigenvector-energy|selection|layers)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "app-takes-facts-of-data",
      comment: "The page reads the facts of data sets; their readers are the worker's.",
      severity: "error",
      from: { path: "^src/app/" },
      to: {
        path: "^src/data/",
        pathNot: "^src/data/(sets/(data-set|facts)|sets/[^/]+/facts)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    ...pageRules,
    packageOnlyIn("react-only-in-app", "react|react-dom|three|@react-three|zustand|@mantine|uplot", "^src/app/"),
    packageOnlyIn("tfjs-only-in-its-backend", "@tensorflow", "^src/backends/(tfjs/|webgpu/tfjs-)"),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
