/** U+2060: invisible, without width, and a word boundary to everything that looks for references. */
const WORD_JOINER = "\u2060";

const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** What has no width of its own, but for U+FE0F and for U+200D between emoji, which people do write. */
const INVISIBLE =
  /(?!\ufe0f|\u200d)(?:\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb])|(?<!\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;
/** Control characters, those that turn the direction of text around, and halves of characters. */
const DECEPTIVE = /[\p{Cc}\p{Bidi_Control}\p{Cs}]/gu;
const PLAIN = /^[ !"%&'()*+,\-.0-9:;=?A-Z[\]^_`a-z{}~|\\]*$/;

/**
 * Places where GitHub makes a link or a notification out of text: mentions, issue references, URLs, e-mail
 * addresses and commits. It looks at the rendered text, so that escapes and entities do not help; a word joiner
 * does. Renovate does the same with U+200B:
 * https://github.com/renovatebot/renovate/blob/main/lib/util/markdown.ts
 */
const REFERENCES: readonly (readonly [RegExp, string])[] = [
  [/@/g, `@${WORD_JOINER}`],
  [/#(?=\w)/g, `#${WORD_JOINER}`],
  [/(gh-)(?=\d)/gi, `$1${WORD_JOINER}`],
  [/:(?=\/\/)/g, `:${WORD_JOINER}`],
  [/(www)\./gi, `$1${WORD_JOINER}.`],
  [
    /(?<![0-9a-z])((?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{6}|[0-9a-f]{39})(?=[0-9a-f]{1,34}(?![0-9a-z]))/gi,
    `$1${WORD_JOINER}`,
  ],
  [/<!/g, `<${WORD_JOINER}!`],
  [/--(?=>)/g, `--${WORD_JOINER}`],
];

/**
 * Outside text on one line, with nothing hidden in it: line breaks and tabs become spaces, control and
 * bidirectional characters show as `\u202e`, characters without width go.
 */
export function visibleText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(LINE_BREAKS, " ")
    .replace(
      DECEPTIVE,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    )
    .replace(INVISIBLE, "");
}

/**
 * Outside text that GitHub shows as it is: nobody is mentioned, nothing is linked, no comment begins. For text
 * and for code, since mails are read without regard to code. It does not escape markdown: that is the serialiser's.
 */
export function inertText(text: string): string {
  return REFERENCES.reduce(
    (inert, [pattern, replacement]) => inert.replace(pattern, replacement),
    visibleText(text),
  );
}

/** At most `limit` UTF-16 units of a text, cut at a grapheme boundary with `…` when it is longer. */
export function shortenText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, graphemeBoundary(text, limit - 1)).trimEnd()}…`;
}

/** Room to look beyond a cut for what continues the last grapheme. */
const LOOK_AHEAD = 64;
const TWO_ASCII = /^[\n -~]{2}$/;

/** The last grapheme boundary up to `room`; between two ASCII characters there always is one, and looking is slow. */
function graphemeBoundary(text: string, room: number): number {
  if (TWO_ASCII.test(text.slice(room - 1, room + 1))) return room;
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter("en").segment(
    text.slice(0, room + LOOK_AHEAD),
  )) {
    if (index + segment.length > room) break;
    end = index + segment.length;
  }
  return end || characterBoundary(text, room);
}

/** Where to cut a single grapheme that is longer than the room: letters with hundreds of marks exist to break pages. */
function characterBoundary(text: string, room: number): number {
  const code = text.charCodeAt(room - 1);
  return code >= 0xd800 && code <= 0xdbff ? room - 1 : room;
}
