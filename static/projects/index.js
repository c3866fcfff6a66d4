// The page Projects as a component.

import { mounted } from "../explorer/mount.js";
import { createProjects } from "./projects.js";

const SHEETS = ["../explorer/base", "../explorer/filters", "../explorer/search", "../explorer/list",
  "../explorer/help", "../explorer/phone", "charts", "table"];

export default mounted(createProjects, SHEETS.map((name) => new URL(`./${name}.css`, import.meta.url).href));
