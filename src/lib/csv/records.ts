/*
 * CSV by RFC 4180, and protection against CSV injection: formulas are neutralised in exports and
 * restored in imports.
 */

/** Text that a spreadsheet runs as a formula, including full-width forms, after any apostrophes. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/
const NEUTRALISED = /^'+[=+\-@\t\r\n＝＋－＠]/
/** Includes semicolons and tabs, which spreadsheets use as delimiters in some locales. */
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/

/** A leading apostrophe makes a spreadsheet show the text instead of running it. */
export const neutralise = (text: string) => (FORMULA.test(text) ? `'${text}` : text)

/** Undoes `neutralise`. */
export const restoreText = (text: string) => (NEUTRALISED.test(text) ? text.slice(1) : text)

const field = (text: string) => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export const csvRecord = (fields: readonly string[]) => `${fields.map(field).join(',')}\r\n`
