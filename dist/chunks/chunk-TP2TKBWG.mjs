import { createRequire as createRequireOfBundle } from "node:module";
import { fileURLToPath as pathOfBundle } from "node:url";
const require = createRequireOfBundle(import.meta.url);
const __filename = pathOfBundle(import.meta.url);
import{LogError}from"./chunk-TAB2VDPU.mjs";function blobHeader(byteLength){return`blob ${byteLength}\0`}function hashAlgorithmOf(oid){return oid.length===64?"sha256":"sha1"}var REGULAR=new Set(["100644","100755"]);function assertRegularFile(path,mode){if(REGULAR.has(mode))return;let kind=mode==="120000"?"is a symlink":`is not a regular file (mode ${mode})`;throw new LogError(`${kind} in git, and only regular files are read.`,{path,remedy:"Replace it by the file itself and commit that."})}export{blobHeader,hashAlgorithmOf,assertRegularFile};
