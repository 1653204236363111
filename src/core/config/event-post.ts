import { field, numberOf, textOf } from "./event-fields.ts";

/** Who wrote a comment or an issue. */
export interface EventAuthor {
  readonly login: string;
  /** GitHub's id of the login. */
  readonly id: string;
  /** An app, or anything else that is no person's account. */
  readonly isBot: boolean;
}

/** Something a person wrote; its text is untrusted and may be empty. */
export interface EventPost {
  /** Its page. */
  readonly url: string;
  readonly body: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly author: EventAuthor;
}

/** Reads a comment or an issue of a payload; `undefined` without a page, a date or an author. */
export function parsePost(post: unknown): EventPost | undefined {
  const url = textOf(field(post, "html_url"));
  const createdAt = textOf(field(post, "created_at"));
  const author = parseAuthor(field(post, "user"));
  if (url === undefined || createdAt === undefined || author === undefined) return undefined;
  return { url, body: textOf(field(post, "body")) ?? "", createdAt, author };
}

/** Whoever is not plainly a person is a bot: nothing is taken from it. */
function parseAuthor(user: unknown): EventAuthor | undefined {
  const login = textOf(field(user, "login"));
  const id = numberOf(field(user, "id"));
  if (login === undefined || id === undefined) return undefined;
  const isBot = field(user, "type") !== "User" || login.endsWith("[bot]");
  return { login, id: String(id), isBot };
}
