import { createRequire as createRequireOfBundle } from "node:module";
import { fileURLToPath as pathOfBundle } from "node:url";
const require = createRequireOfBundle(import.meta.url);
const __filename = pathOfBundle(import.meta.url);
var DEFAULTS={queueKind:"xax",staleAfter:"1h",staleAfterSeconds:3600,concurrency:4,patience:3,maxOpen:3,top:10,recent:25};function defaultSettings(){return{objective:{sameTask:!1},queue:{kind:DEFAULTS.queueKind,status:{kind:"default"},metrics:{kind:"default"},include:new Map,staleAfterSeconds:DEFAULTS.staleAfterSeconds,concurrency:DEFAULTS.concurrency},stop:{patience:DEFAULTS.patience},proposals:{maxOpen:DEFAULTS.maxOpen,twoPerson:!1,allowedBots:[]},report:{top:DEFAULTS.top,recent:DEFAULTS.recent},redact:{paths:!0,patterns:[]},alerts:[],paused:!1}}export{DEFAULTS,defaultSettings};
