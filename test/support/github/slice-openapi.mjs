#!/usr/bin/env node
// Cuts GitHub's OpenAPI document down to the operations the loopback GitHub serves.
//
//   npm install --prefix <temp dir> @octokit/openapi@23.0.2
//   node test/support/github/slice-openapi.mjs <temp dir>/node_modules/@octokit/openapi
//
// The result, test/fixtures/github/openapi-slice.json, is committed; the 385 MB package is not a dependency.
// The document is MIT licensed (https://github.com/octokit/openapi).
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const OPERATIONS = new Set([
  "git/create-blob",
  "git/create-commit",
  "git/create-ref",
  "git/create-tree",
  "git/delete-ref",
  "git/get-blob",
  "git/get-commit",
  "git/get-ref",
  "git/get-tree",
  "git/list-matching-refs",
  "git/update-ref",
  "issues/create",
  "issues/create-comment",
  "issues/delete-comment",
  "issues/get",
  "issues/get-comment",
  "issues/list-comments",
  "issues/list-comments-for-repo",
  "issues/list-for-repo",
  "issues/lock",
  "issues/unlock",
  "issues/update",
  "issues/update-comment",
  "pulls/create",
  "pulls/get",
  "pulls/list",
  "pulls/list-files",
  "pulls/update",
  "rate-limit/get",
  "reactions/create-for-issue",
  "reactions/create-for-issue-comment",
  "reactions/delete-for-issue-comment",
  "reactions/list-for-issue",
  "reactions/list-for-issue-comment",
  "repos/compare-commits",
  "repos/get",
  "repos/get-branch",
  "repos/get-collaborator-permission-level",
  "repos/get-commit",
  "repos/get-content",
  "repos/list-commits",
  "users/get-authenticated",
  "users/get-by-username",
]);
const DROPPED_KEYS = new Set([
  "example",
  "examples",
  "externalDocs",
  "x-github",
  "x-webhooks",
  "x-octokit",
  "description",
  "summary",
  "tags",
]);

const root = process.argv[2];
if (!root) throw new Error("usage: slice-openapi.mjs <path of the installed @octokit/openapi>");
const full = JSON.parse(readFileSync(join(root, "generated/api.github.com.json"), "utf8"));

/** Removes prose and examples; a map of named things (properties, parameters) may itself hold such a name. */
function lean(node, named = false) {
  if (Array.isArray(node)) return node.map((item) => lean(item));
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => named || !DROPPED_KEYS.has(key))
      .map(([key, value]) => [
        key,
        lean(value, !named && (key === "properties" || key === "examples")),
      ]),
  );
}

/** OpenAPI 3.0 says `nullable: true`; JSON Schema says it in the type. */
function nullable(node) {
  if (Array.isArray(node)) return node.map(nullable);
  if (node === null || typeof node !== "object") return node;
  const { nullable: mayBeNull, ...rest } = node;
  const out = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, nullable(value)]),
  );
  if (mayBeNull !== true)
    return mayBeNull === undefined || typeof mayBeNull === "boolean"
      ? out
      : { ...out, nullable: nullable(mayBeNull) };
  if (typeof out.type === "string" && !out.enum) return { ...out, type: [out.type, "null"] };
  return { anyOf: [out, { type: "null" }] };
}

const paths = {};
for (const [path, item] of Object.entries(full.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    const id = operation?.operationId;
    if (!OPERATIONS.has(id)) continue;
    OPERATIONS.delete(id);
    paths[path] ??= {};
    paths[path][method] = nullable(lean(operation));
  }
}
if (OPERATIONS.size > 0) throw new Error(`not in the document: ${[...OPERATIONS].join(", ")}`);

const components = {};
const seen = new Set();
function collect(node) {
  if (node === null || typeof node !== "object") return;
  if (typeof node.$ref === "string" && !seen.has(node.$ref)) {
    seen.add(node.$ref);
    const [kind, name] = node.$ref.replace("#/components/", "").split("/");
    const found = full.components[kind]?.[name];
    if (!found) throw new Error(`unresolved ${node.$ref}`);
    components[kind] ??= {};
    components[kind][name] = nullable(lean(found));
    collect(components[kind][name]);
  }
  for (const value of Object.values(node)) collect(value);
}
collect(paths);

const target = new URL("../../fixtures/github/openapi-slice.json", import.meta.url);
const slice = {
  $comment:
    "Slice of GitHub's OpenAPI document (octokit/openapi 23.0.2, MIT). Made by test/support/github/slice-openapi.mjs; do not edit.",
  openapi: full.openapi,
  info: { title: full.info.title, version: full.info.version, license: full.info.license },
  paths,
  components,
};
writeFileSync(target, `${JSON.stringify(slice, null, 1)}\n`);
