import { createRequire as createRequireOfBundle } from "node:module";
import { fileURLToPath as pathOfBundle } from "node:url";
const require = createRequireOfBundle(import.meta.url);
const __filename = pathOfBundle(import.meta.url);
import{formatChange,formatPercent}from"./chunk-6CW5QDEG.mjs";function formatDelta({absolute,relative},mode){let sign=mode==="min"?-1:1;return relative===void 0?formatChange(sign*absolute):formatPercent(sign*relative)}function formatVerdict(delta,mode){if(delta.absolute===0)return"=";let change=formatDelta(delta,mode).replace(" ","\xA0");return`${delta.absolute>0?"\u25B2":"\u25BC"}\xA0${change}`}export{formatDelta,formatVerdict};
