import type {
  AlignType,
  BlockContent,
  Blockquote,
  Code,
  Heading,
  InlineCode,
  Link,
  List,
  Paragraph,
  PhrasingContent,
  RootContent,
  Strong,
  Table,
  TableCell,
} from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { type Options, toMarkdown } from "mdast-util-to-markdown";
import type { Redactor } from "../text/redact.ts";
import { escapePrintedCode } from "./escape-printed-code.ts";
import { settleText } from "./outside-text.ts";

/** Inline content: our own words as they are, or nodes. Outside text comes in through `data` or `dataCode` only. */
export type Inline = string | PhrasingContent | readonly Inline[];

/** Turns trees into markdown; made once for a report, since its tables of rules are costly to make. */
export type Serialise = (children: readonly RootContent[]) => string;

/** @param redact takes secrets out of every text before it is made inert and escaped */
export function createSerialiser(redact: Redactor): Serialise {
  return serialiseAfter((children) => settleText(children, redact));
}

/** As `createSerialiser`, for what is printed where a runner reads it. */
export function createPrintedSerialiser(redact: Redactor): Serialise {
  return serialiseAfter((children) => escapePrintedCode(settleText(children, redact)));
}

function serialiseAfter(
  settle: (children: readonly RootContent[]) => readonly RootContent[],
): Serialise {
  const options: Options = {
    bullet: "-",
    rule: "-",
    extensions: [gfmToMarkdown({ tablePipeAlign: false, firstLineBlank: true })],
  };
  return (children) =>
    toMarkdown({ type: "root", children: [...settle(children)] }, options).trimEnd();
}

/** Outside text, without secrets, inert, and no longer than the limit. */
export function data(text: string, limit?: number): Inline {
  return { type: "outside", value: text, isCode: false, limit };
}

/** Outside text in code; nothing for an empty one. */
export function dataCode(text: string, limit?: number): Inline {
  return { type: "outside", value: text, isCode: true, limit };
}

export function code(value: string): InlineCode {
  return { type: "inlineCode", value };
}

export function strong(...children: readonly Inline[]): Strong {
  return { type: "strong", children: phrasing(children) };
}

/** A link of ours; addresses never come from data. */
export function link(url: string, ...children: readonly Inline[]): Link {
  return { type: "link", url, children: phrasing(children) };
}

export function heading(depth: Heading["depth"], ...children: readonly Inline[]): Heading {
  return { type: "heading", depth, children: phrasing(children) };
}

export function paragraph(...children: readonly Inline[]): Paragraph {
  return { type: "paragraph", children: phrasing(children) };
}

/** A tight list; an item is a line. */
export function list(items: readonly Inline[]): List {
  return {
    type: "list",
    ordered: false,
    spread: false,
    children: items.map((item) => ({
      type: "listItem",
      spread: false,
      children: [paragraph(item)],
    })),
  };
}

/** A fence; nothing in it is made inert here. */
export function fence(lang: string, value: string): Code {
  return { type: "code", lang, value };
}

/** A column of a table: its heading and how a row fills it. */
export interface TableColumn<T> {
  readonly head: Inline;
  readonly align?: AlignType;
  readonly cell: (row: T, at: number) => Inline;
}

export function table<T>(columns: readonly TableColumn<T>[], rows: readonly T[]): Table {
  const head = columns.map((column) => tableCell(column.head));
  const body = rows.map((row, at) => columns.map((column) => tableCell(column.cell(row, at))));
  return {
    type: "table",
    align: columns.map((column) => column.align ?? null),
    children: [head, ...body].map((children) => ({ type: "tableRow", children })),
  };
}

/** GitHub's alert kinds: https://docs.github.com/get-started/writing-on-github (alerts). */
export type AlertKind = "NOTE" | "TIP" | "IMPORTANT" | "WARNING" | "CAUTION";

/**
 * A GitHub alert: a quote that begins with `[!KIND]` alone on its line. The marker is an `html` node only because
 * the serialiser would escape its bracket, after which GitHub sees no alert.
 */
export function alert(kind: AlertKind, children: readonly BlockContent[]): Blockquote {
  const [first, ...rest] = children;
  const marker: PhrasingContent = { type: "html", value: `[!${kind}]\n` };
  return first?.type === "paragraph"
    ? {
        type: "blockquote",
        children: [{ ...first, children: [marker, ...first.children] }, ...rest],
      }
    : { type: "blockquote", children: [{ type: "paragraph", children: [marker] }, ...children] };
}

function tableCell(content: Inline): TableCell {
  return { type: "tableCell", children: phrasing([content]) };
}

function phrasing(content: readonly Inline[]): PhrasingContent[] {
  return content.flatMap((part): PhrasingContent[] => {
    if (typeof part === "string") return [{ type: "text", value: part }];
    return isNode(part) ? [part] : phrasing(part);
  });
}

function isNode(part: PhrasingContent | readonly Inline[]): part is PhrasingContent {
  return "type" in part;
}
