/**
 * Characters that a reader does not see, or that move what is read: control characters (ESC, CR, C1), format
 * characters (bidi, zero width, tags), line separators, halves of a pair, and what fonts draw as nothing.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t' }

/** A text in one line, with everything in it to be seen: `\n`, `\u{1b}`. */
export function oneLine(text: string): string {
  return text.replace(UNSEEN, (char) => NAMED[char] ?? `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
}

/** JSON that means the same, in characters that are seen. Line ends are those between its values. */
export function visibleJson(text: string): string {
  return text
    .replace(UNSEEN, (char) => (char === '\n' ? char : char.replace(/[\s\S]/g, escapeUnit)))
    .replaceAll('##[', '#\\u0023[')
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** What a CI runner would take for a command is taken apart: `::` in front of a line, `##[` anywhere. */
export function withoutCommands(text: string): string {
  return text.replace(/^(?=[^\S\n]*::)/gm, './').replaceAll('##[', '# #[')
}
