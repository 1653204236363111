import { createRequire as createRequireOfBundle } from "node:module";
import { fileURLToPath as pathOfBundle } from "node:url";
const require = createRequireOfBundle(import.meta.url);
const __filename = pathOfBundle(import.meta.url);
import{createGlobTest}from"./chunk-QRLKVSIP.mjs";var INCLUDE_FIELDS={job_id:job=>job.jobId,task_key:job=>job.taskKey,command:job=>job.command,run_dir:job=>job.runDir,config_path:job=>job.configPath,launcher:job=>job.launcher,status:job=>job.status};function createInclude(include){let tests=[...include].map(([field,globs])=>{let isMatch=createGlobTest(globs),read=INCLUDE_FIELDS[field];return job=>isMatch(read(job)??"")});return job=>tests.every(test=>test(job))}export{INCLUDE_FIELDS,createInclude};
