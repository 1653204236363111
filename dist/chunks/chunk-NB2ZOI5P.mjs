import { createRequire as createRequireOfBundle } from "node:module";
import { fileURLToPath as pathOfBundle } from "node:url";
const require = createRequireOfBundle(import.meta.url);
const __filename = pathOfBundle(import.meta.url);
var LIMITS={id:80,cell:120,text:400,command:400},CAPS={stale:10,news:5,active:30,proposals:20,failureClasses:8,failureExamples:3,chartPoints:80,lineageBest:3,lineageGenerations:4,lineageChildren:6};export{LIMITS,CAPS};
