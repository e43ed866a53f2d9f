// Control characters (C0, C1, DEL) and those that reorder or hide text: what a candidate, a model, a tool or a file name could use to
// rewrite what a terminal or a report shows.
// oxlint-disable-next-line no-control-regex -- that is what this is for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** Untrusted text made safe for a terminal. Line ends and tabs stay. */
export function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(controls, '')
}

/** Untrusted text as one line of a table or a message. */
export function oneLine(text: string): string {
  return plain(text.replaceAll(/\s+/g, ' ')).trim()
}
