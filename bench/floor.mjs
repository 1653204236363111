// The least any program of this kind must do: read the log, parse the status, write the log's bytes.
import { readFileSync, renameSync, writeFileSync } from "node:fs";

const [log, status] = process.argv.slice(2);
const bytes = readFileSync(log);
JSON.parse(readFileSync(status, "utf8"));
writeFileSync(`${log}.tmp`, bytes);
renameSync(`${log}.tmp`, log);
