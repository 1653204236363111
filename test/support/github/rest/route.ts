import { visibleRepo } from "../access.ts";
import { jsonReply, type Reply } from "../http.ts";
import { notFound } from "../problem.ts";
import type { Repo, Token, World } from "../state.ts";

/** What a handler of one operation gets. */
export type RestCall = {
  world: World;
  token: Token | undefined;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: Readonly<Record<string, unknown>>;
  accept: string;
  path: string;
};

type Handler = (call: RestCall) => Promise<Reply>;
/** Handlers by OpenAPI `operationId`. */
export type Handlers = Readonly<Record<string, Handler>>;

export function repoOf({ world, token, params }: RestCall): Repo {
  return visibleRepo(world, token, params["owner"] ?? "", params["repo"] ?? "");
}

/** A number in the path; what is none names nothing. */
export function numberParam(call: RestCall, name: string): number {
  const value = call.params[name] ?? "";
  if (!/^\d+$/.test(value)) throw notFound();
  return Number(value);
}

export function stringField(call: RestCall, name: string): string {
  const value = call.body[name];
  return typeof value === "string" ? value : "";
}

export function noContent(): Reply {
  return { status: 204, headers: {}, body: Buffer.alloc(0) };
}

function pageLink(call: RestCall, page: number, rel: string): string {
  const query = new URLSearchParams(call.query);
  query.set("page", String(page));
  return `<${call.world.baseUrl}${call.path}?${query}>; rel="${rel}"`;
}

export type Page<T> = { items: T[]; headers: Record<string, string> };

/** Cuts the page asked for and writes the `Link` header; 30 per page unless told, at most 100. */
export function paginate<T>(call: RestCall, all: readonly T[]): Page<T> {
  const positive = (name: string, fallback: number): number => {
    const value = Number.parseInt(call.query.get(name) ?? "", 10);
    return Number.isInteger(value) && value > 0 ? value : fallback;
  };
  const perPage = Math.min(positive("per_page", 30), 100);
  const page = positive("page", 1);
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const links: string[] = [];
  if (page > 1) links.push(pageLink(call, Math.min(page - 1, last), "prev"));
  if (page < last) links.push(pageLink(call, page + 1, "next"), pageLink(call, last, "last"));
  if (page > 1) links.push(pageLink(call, 1, "first"));
  return {
    items: all.slice((page - 1) * perPage, page * perPage),
    headers: links.length > 0 ? { link: links.join(", ") } : {},
  };
}

/** Answers one page of a list. */
export function listReply<T>(
  call: RestCall,
  all: readonly T[],
  serialize: (item: T) => unknown,
): Reply {
  const { items, headers } = paginate(call, all);
  return jsonReply(200, items.map(serialize), headers);
}
