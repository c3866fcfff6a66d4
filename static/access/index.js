// The answer of the Access page as a component.

import { mounted } from "../explorer/mount.js";
import { createAccess } from "./access.js";

export default mounted(createAccess, [new URL("./access.css", import.meta.url).href]);
