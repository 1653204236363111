import { createRequire as createRequireOfBundle } from "node:module";
import { fileURLToPath as pathOfBundle } from "node:url";
const require = createRequireOfBundle(import.meta.url);
const __filename = pathOfBundle(import.meta.url);
import{formatDelta}from"./chunk-ZV3LQCH2.mjs";import{formatNumber,visibleText}from"./chunk-6CW5QDEG.mjs";import"./chunk-UNFYJIHP.mjs";function renderBadge(model){let badge={schemaVersion:1,label:visibleText(`best ${model.objective.metric??"value"}`),message:messageOf(model),color:colourOf(model)};return`${JSON.stringify(badge,null,2)}
`}function messageOf({best,objective}){if(best===void 0)return"no result yet";let delta=best.baselineDelta,change=delta===void 0?"":` (${formatDelta(delta,objective.mode)})`;return`${formatNumber(best.value)}${change}`}function colourOf({best,decision}){return best===void 0?"lightgrey":decision.kind==="continue"?"blue":decision.reason==="target"?"brightgreen":"orange"}export{renderBadge};
