import { Problem } from "../problem.ts";

/** The arguments of every connection. */
export type PageArgs = {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
};

function cursorOf(key: number | string): string {
  return Buffer.from(`cursor:v2:${key}`).toString("base64");
}

function limit(field: string, args: PageArgs): number {
  const [name, count] =
    args.first === undefined || args.first === null ? ["last", args.last] : ["first", args.first];
  if (count === undefined || count === null) {
    throw new Problem(
      422,
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${field}\` connection.`,
      { type: "MISSING_PAGINATION_BOUNDARIES" },
    );
  }
  if (count < 0 || count > 100) {
    throw new Problem(
      422,
      `Requesting ${count} records on the \`${field}\` connection exceeds the \`${name}\` limit of 100 records.`,
      { type: "EXCESSIVE_PAGINATION" },
    );
  }
  return count;
}

export type Keyed<T> = { key: number | string; item: T };

/** The position behind a cursor; when its item is gone, numeric keys still say where it was. */
function indexAfter<T>(items: readonly Keyed<T>[], cursor: string): number {
  const exact = items.findIndex(({ key }) => cursorOf(key) === cursor);
  if (exact >= 0) return exact + 1;
  const key = Number(Buffer.from(cursor, "base64").toString().replace("cursor:v2:", ""));
  const next = items.findIndex((entry) => Number(entry.key) > key);
  return next < 0 ? items.length : next;
}

/** Where the items before a cursor end; when its item is gone, numeric keys still say where it was. */
function indexBefore<T>(items: readonly Keyed<T>[], cursor: string): number {
  const exact = items.findIndex(({ key }) => cursorOf(key) === cursor);
  if (exact >= 0) return exact;
  const key = Number(Buffer.from(cursor, "base64").toString().replace("cursor:v2:", ""));
  const next = items.findIndex((entry) => Number(entry.key) > key);
  return next < 0 ? items.length : next;
}

/** Cuts a page of a list: `first`/`after` or `last`/`before`. */
export function connection<T, U>(
  field: string,
  items: readonly Keyed<T>[],
  args: PageArgs,
  build: (item: T) => U,
): object {
  const count = limit(field, args);
  const start = args.after ? indexAfter(items, args.after) : 0;
  const end = args.before ? indexBefore(items, args.before) : items.length;
  const forward = args.first !== undefined && args.first !== null;
  const from = forward ? start : Math.max(start, end - count);
  const to = forward ? Math.min(end, start + count) : end;
  const page = items.slice(from, to);
  const edges = page.map(({ key, item }) => ({ cursor: cursorOf(key), node: build(item) }));
  return {
    totalCount: items.length,
    nodes: edges.map((edge) => edge.node),
    edges,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: to < items.length,
      hasPreviousPage: from > 0,
    },
  };
}
