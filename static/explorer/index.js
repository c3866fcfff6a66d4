// The map page as a component.

import { createExplorer } from "./explorer.js";
import { mounted } from "./mount.js";

const SHEETS = ["base", "filters", "search", "list", "map", "panel", "help", "phone"];

export default mounted(createExplorer, SHEETS.map((name) => new URL(`./${name}.css`, import.meta.url).href));
