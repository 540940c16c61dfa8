// Imports point down: app → components → lib, and within both from a later folder of these lists to an earlier one.
// Imports of types count, too: whoever reads a file has to read what it names.

/** The folders of `components`, the lowest first. */
const COMPONENTS = [
  ...["ui", "charts", "views", "access", "health", "live", "settings", "why", "notes", "reference"],
  ...["filters", "shares", "ranges", "figures", "links", "compare", "events", "deliveries", "shell"],
];

/** The folders of `lib`, the lowest first. */
const LIB = ["base", "click", "engines", "question", "senders", "deliveries", "account", "health", "api"];

const rule = (name, comment, from, to) => ({ name, severity: "error", comment, from, to });

/** Forbids each folder to import a later one, and folders that are not in the list. */
function ordered(root, folders) {
  const upwards = folders.slice(0, -1).map((folder, place) => {
    const above = folders.slice(place + 1).join("|");
    return rule(`${root}-${folder}`, "It is above.", { path: `^${root}/${folder}/` }, { path: `^${root}/(${above})/` });
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
      "lib knows nothing of React; only account asks Next who is reading.",
      { path: "^lib/", pathNot: "^lib/account/" },
      { path: "^node_modules/(@types/)?(react|react-dom|next)/" },
    ),
    rule("lib-files", "A file of lib is in a folder, which has a place in the list.", { path: "^lib/[^/]+$" }, {}),
    rule(
      "deliveries-question",
      "What takes clicks and what asks about them never import each other; only the list of deliveries reads parameters.",
      { path: "^lib/(senders|deliveries|question)/", pathNot: "^lib/deliveries/list/" },
      { path: "^lib/(deliveries|question)/", pathNot: "^lib/$1/" },
    ),
    rule(
      "pure",
      "Only answers read.",
      { path: "^lib/question/", pathNot: "^lib/question/answer/" },
      { path: "^(lib/base/db\\.ts$|lib/engines/)" },
    ),
    rule(
      "ui-question",
      "ui and charts know no question.",
      { path: "^components/(ui|charts)/" },
      { path: "^lib/((question|account|api)/|base/db\\.ts$)" },
    ),
    ...ordered("components", COMPONENTS),
    ...ordered("lib", LIB),
    {
      ...rule("cycle", "Folders form no cycle.", { path: "^(app|components|lib)(/|$)" }, { circular: true }),
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
