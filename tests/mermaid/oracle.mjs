// Prints what Mermaid reads in each chart of a JSON list, as a JSON list.
// usage: node oracle.mjs NODE_MODULES < charts.json
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";
import path from "node:path";

const folder = path.resolve(process.argv[2]);
const require = createRequire(path.join(folder, "..", "package.json"));
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("", { url: "http://localhost/" });
globalThis.window = window;
globalThis.document = window.document;
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis)) globalThis[name] = window[name];
}
for (const name of ["log", "info", "debug", "warn", "error"]) console[name] = () => {};
const entry = path.join(folder, "mermaid", "dist", "mermaid.core.mjs");
const mermaid = (await import(pathToFileURL(entry))).default;
mermaid.initialize({ maxEdges: 1e6, startOnLoad: false });

const list = (items) => (items instanceof Map ? [...items.values()] : Object.values(items));
const told = (text) =>
  String(text ?? "").replace(/ﬂ°°?/g, "#").replace(/¶ß/g, ";");

async function facts(text) {
  let diagram;
  try {
    diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  } catch (error) {
    return { error: String(error.message ?? error).slice(0, 300) };
  }
  if (!diagram.type.startsWith("flowchart")) return { kind: diagram.type };
  const db = diagram.db ?? diagram.getParser().yy;
  return {
    kind: "flowchart",
    direction: db.getDirection() ?? null,
    nodes: list(db.getVertices()).map((one) => ({
      id: one.id,
      label: told(one.text),
      shape: one.type ?? null,
      markdown: one.labelType === "markdown",
    })),
    edges: db.getEdges().map((one) => ({
      source: one.start,
      target: one.end,
      label: told(one.text),
      stroke: one.stroke,
      arrow: one.type,
      length: one.length ?? null,
      id: one.isUserDefinedId ? one.id : null,
    })),
    subgraphs: db.getSubGraphs().map((one) => ({
      id: one.id,
      title: told(one.title),
      members: one.nodes,
      direction: one.dir ?? null,
    })),
  };
}

const charts = JSON.parse(readFileSync(0, "utf-8"));
const results = [];
for (const chart of charts) results.push(await facts(chart));
process.stdout.write(JSON.stringify(results), () => process.exit(0));
