import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

type Schema = Record<string, unknown>;
type Parameter = { name: string; in: string; schema: Schema };
type Operation = {
  operationId: string;
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema?: Schema }> } | { $ref: string }>;
};
type Document = { paths: Record<string, Record<string, Operation>>; components: Schema };

/** The operation a method and a path name, with the values in its path. */
export type Match = {
  operation: Operation;
  id: string;
  params: Record<string, string>;
};

/** Parameters that may hold slashes. */
const MULTI_SEGMENT = new Set(["ref", "path", "branch", "base", "head"]);
const SLICE = new URL("../../fixtures/github/openapi-slice.json", import.meta.url);
const ROOT = "openapi";

type Route = { method: string; pattern: RegExp; names: string[]; operation: Operation };

/** Compiles a path template to a pattern; a trailing empty path (`contents/`) is a path too. */
function compileRoute(method: string, path: string, operation: Operation): Route {
  const names: string[] = [];
  const source = path.replace(/[.]/g, "\\.").replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    if (name === "path") return "(.*)";
    return MULTI_SEGMENT.has(name) ? "(.+)" : "([^/]+)";
  });
  return { method: method.toUpperCase(), pattern: new RegExp(`^${source}$`), names, operation };
}

/** Fields the document does not name are mistakes in a request, though the document allows them. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const out = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  const open = "properties" in out && !("additionalProperties" in out);
  return open ? { ...out, additionalProperties: false } : out;
}

function absolute(node: unknown): unknown {
  const text = JSON.stringify(node).replaceAll('"$ref":"#/', `"$ref":"${ROOT}#/`);
  return JSON.parse(text);
}

/** GitHub's own description of its REST API, cut to the operations served here. */
export class Contract {
  readonly #document: Document;
  readonly #routes: Route[];
  readonly #ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false });
  readonly #queryAjv = new Ajv({ strict: false, allErrors: true, coerceTypes: "array" });
  readonly #compiled = new Map<string, ValidateFunction | undefined>();

  constructor() {
    this.#document = JSON.parse(readFileSync(SLICE, "utf8"));
    for (const ajv of [this.#ajv, this.#queryAjv]) {
      addFormats(ajv);
      ajv.addFormat("repo.nwo", true);
      ajv.addSchema({ $id: ROOT, components: this.#document.components });
    }
    this.#routes = Object.entries(this.#document.paths)
      .sort(([left], [right]) => left.split("{").length - right.split("{").length)
      .flatMap(([path, item]) =>
        Object.entries(item).map(([method, operation]) => compileRoute(method, path, operation)),
      );
  }

  match(method: string, path: string): Match | undefined {
    for (const route of this.#routes) {
      if (route.method !== method) continue;
      const found = route.pattern.exec(path);
      if (!found) continue;
      const values = route.names.map((name, index) => [
        name,
        decodeURIComponent(found[index + 1] ?? ""),
      ]);
      const { operation } = route;
      return { operation, id: operation.operationId, params: Object.fromEntries(values) };
    }
    return undefined;
  }

  /** What is wrong with a request's query and body. */
  checkRequest({ operation, id }: Match, query: URLSearchParams, body: unknown): string[] {
    const parameters = (operation.parameters ?? []).map((item) => this.#resolve<Parameter>(item));
    const known = parameters.filter((item) => item.in === "query");
    const values = Object.fromEntries(query);
    const check = this.#compile(`${id} query`, this.#queryAjv, () => ({
      type: "object",
      properties: Object.fromEntries(known.map((item) => [item.name, item.schema])),
      additionalProperties: false,
    }));
    return [...this.#run("query", check, values), ...this.#checkBody(operation, body)];
  }

  #checkBody(operation: Operation, body: unknown): string[] {
    const schema = operation.requestBody?.content["application/json"]?.schema;
    if (body === undefined) return operation.requestBody?.required ? ["body: is missing"] : [];
    if (!schema) return ["body: the operation takes none"];
    const check = this.#compile(`${operation.operationId} body`, this.#ajv, () => closed(schema));
    return this.#run("body", check, body);
  }

  /** What is wrong with an answer; statuses the document does not describe go unchecked. */
  checkResponse({ operation, id }: Match, status: number, body: unknown): string[] {
    const described = operation.responses[String(status)];
    if (!described) return [];
    const { content } = this.#resolve<{ content?: Record<string, { schema?: Schema }> }>(described);
    const schema = content?.["application/json"]?.schema;
    if (!schema) return [];
    const check = this.#compile(`${id} ${status}`, this.#ajv, () => schema);
    return this.#run("answer", check, body);
  }

  #resolve<T>(node: unknown): T {
    if (typeof node !== "object" || node === null || !("$ref" in node)) return node as T;
    const [, , kind = "", name = ""] = String(node.$ref).split("/");
    return (this.#document.components[kind] as Record<string, T>)[name] as T;
  }

  #compile(key: string, ajv: Ajv, schema: () => unknown): ValidateFunction | undefined {
    if (!this.#compiled.has(key)) {
      this.#compiled.set(key, ajv.compile(absolute(schema()) as Schema));
    }
    return this.#compiled.get(key);
  }

  #run(what: string, check: ValidateFunction | undefined, value: unknown): string[] {
    if (!check || check(value)) return [];
    return (check.errors ?? []).map(({ instancePath, message, params }) => {
      return `${what}${instancePath}: ${message} ${JSON.stringify(params)}`;
    });
  }
}
