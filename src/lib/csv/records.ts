/*
 * CSV as RFC 4180 writes it, and the one change that is made to a text so that no spreadsheet runs
 * it. Both are undone by whoever reads the file in again.
 */

/** What a spreadsheet takes for a formula, in its wide forms too, behind any apostrophes. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/
const NEUTRALISED = /^'+[=+\-@\t\r\n＝＋－＠]/
/** Semicolons and tabs as well: spreadsheets of some countries split there. */
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/

/** An apostrophe in front makes a spreadsheet show the text and not run it. */
export const neutralise = (text: string) => (FORMULA.test(text) ? `'${text}` : text)

/** The text as it was: one apostrophe less, exactly where `neutralise` puts one. */
export const restoreText = (text: string) => (NEUTRALISED.test(text) ? text.slice(1) : text)

const field = (text: string) => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export const csvRecord = (fields: readonly string[]) => `${fields.map(field).join(',')}\r\n`
