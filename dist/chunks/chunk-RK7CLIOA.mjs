import { createRequire as createRequireOfBundle } from "node:module";
import { fileURLToPath as pathOfBundle } from "node:url";
const require = createRequireOfBundle(import.meta.url);
const __filename = pathOfBundle(import.meta.url);
import{MonitorError,safeLines}from"./chunk-TAB2VDPU.mjs";function printResult(result){process.stdout.write(`${JSON.stringify(sortKeys(result),null,2)}
`)}function printText(text){process.stdout.write(`${text}
`)}function createTerminalReporter(){return{info:message=>say(message),warning:message=>say(`warning: ${message}`)}}function printError(error,withStack){let message=error instanceof Error?error.message:String(error);say(`error: ${message}`),error instanceof MonitorError&&error.remedy!==void 0&&say(error.remedy),withStack&&error instanceof Error&&error.stack!==void 0&&say(error.stack)}function say(message){process.stderr.write(`${safeLines(message)}
`)}function sortKeys(value){if(Array.isArray(value))return value.map(sortKeys);if(typeof value!="object"||value===null)return value;let entries=Object.entries(value).sort(([a],[b])=>a<b?-1:1);return Object.fromEntries(entries.map(([key,inner])=>[key,sortKeys(inner)]))}export{printResult,printText,createTerminalReporter,printError};
