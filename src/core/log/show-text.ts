import { quoteUntrusted } from "../text/safe-log.ts";

/** Shows an offending text in a message, shortened and inert. */
export function showText(text: string): string {
  const most = 60;
  return quoteUntrusted(text.length > most ? `${text.slice(0, most)}…` : text);
}
