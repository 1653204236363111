import { createRequire as createRequireOfBundle } from "node:module";
import { fileURLToPath as pathOfBundle } from "node:url";
const require = createRequireOfBundle(import.meta.url);
const __filename = pathOfBundle(import.meta.url);
function present(fields){let entries=Object.entries(fields).filter(([,value])=>value!==void 0);return Object.fromEntries(entries)}export{present};
