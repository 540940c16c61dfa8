// Imports point down: app → components → lib, and within both from a later folder of these lists to an earlier one.
// Imports of types count, too: whoever reads a file has to read what it names.

/** The folders of `components`, the lowest first. */
const COMPONENTS = [
  ...["ui", "charts", "views", "access", "health", "live", "settings", "why"],
  ...["filters", "ranges", "figures", "links", "compare", "events", "deliveries", "shell"],
];

/** The folders of `lib`, the lowest first; files beside them are below all. */
const LIB = [
  ...["text", "access", "click", "mirror|engines", "query|question", "views", "why", "live"],
  ...["reception", "ledger", "ingest", "health", "metrics"],
];

/** Imports of a folder of `lib` that still point up. */
const KNOWN = {
  click: "^lib/ingest/columns\\.ts$", // names of a click's columns, which belong to the click
  reception: "^lib/ingest/(accept|delays|failures|refusals)\\.ts$", // figures that a heartbeat asks for instead of being told
  ingest: "^lib/metrics/instruments\\.ts$", // counters, which are below what they count
};

/** Files beside the folders of `lib` that are about clicks, links or dates, and belong into one of the folders. */
const MISPLACED = "^lib/(destination|dimensions|folders|format|format-change)\\.ts$";

const rule = (name, comment, from, to) => ({ name, severity: "error", comment, from, to });

/** Forbids each folder to import a later one, and folders that are not in the list. */
function ordered(root, folders, known = {}) {
  const upwards = folders.slice(0, -1).map((folder, place) => {
    const to = { path: `^${root}/(${folders.slice(place + 1).join("|")})/` };
    if (known[folder]) to.pathNot = known[folder];
    // Texts name the types of what they put in words, but run without it.
    if (folder === "text") to.dependencyTypesNot = ["type-only"];
    return rule(`${root}-${folder}`, "It is above.", { path: `^${root}/(${folder})/` }, to);
  });
  const listed = folders.join("|");
  const place = { path: `^${root}/(?!(${listed}|generated)/)[^/]+/` };
  return [...upwards, rule(`${root}-place`, "The folder needs its place in the list of folders.", place, {})];
}

export default {
  forbidden: [
    rule("app", "Nothing imports app: it is a list of addresses.", { pathNot: "^app/" }, { path: "^app/" }),
    rule("lib", "lib is the product and draws nothing.", { path: "^lib/" }, { path: "^components/" }),
    rule(
      "lib-react",
      "lib knows nothing of React; only access asks Next who is reading.",
      { path: "^lib/", pathNot: "^lib/access/" },
      { path: "^node_modules/(@types/)?(react|react-dom|next)/" },
    ),
    rule(
      "lib-base",
      "Files beside the folders of lib import none of them.",
      { path: "^lib/[^/]+$", pathNot: MISPLACED },
      // Settings and time name values that the address takes.
      { path: "^lib/[^/]+/", pathNot: "^lib/(generated/|(query|question)/filters\\.ts$)" },
    ),
    rule(
      "ingest-query",
      "Ingest and query never import each other.",
      { path: "^lib/(ingest|query|question)/" },
      { path: "^lib/(ingest|query|question)/", pathNot: "^lib/$1/" },
    ),
    rule(
      "pure",
      "Only answers read.",
      { path: "^lib/(query|question)/(sql|plan|search-params|filters)\\.ts$" },
      { path: "^(lib/db\\.ts$|node_modules/server-only/)" },
    ),
    rule(
      "ui-query",
      "ui and charts know no query.",
      { path: "^components/(ui|charts)/" },
      { path: "^lib/((query|question|access)/|db\\.ts$)" },
    ),
    ...ordered("components", COMPONENTS),
    ...ordered("lib", LIB, KNOWN),
    // Among the folders of lib, their order says the same.
    {
      ...rule("cycle", "Folders form no cycle.", { path: "^(app|components)(/|$)" }, { circular: true }),
      scope: "folder",
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "^node_modules/" },
    exclude: { path: "^(tests|lib/generated)/" },
  },
};
