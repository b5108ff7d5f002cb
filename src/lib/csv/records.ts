/*
 * CSV by RFC 4180, and protection against CSV injection: formulas are neutralised in exports and
 * restored in imports.
 */

/**
 * Where a spreadsheet would begin a formula: at the beginning of a cell, and after whatever may begin
 * another cell when the file is opened with another delimiter. Includes full-width forms.
 */
const FORMULA = /(^|[;\t\r\n])(["']*)(?=[=+\-@＝＋－＠])/g
/** Almost no text gets past this, which costs a tenth of the replacement. */
const MAY_HAVE_FORMULA = /^["'=+\-@＝＋－＠]|[;\t\r\n]/
const NEUTRALISED = /(^|[;\t\r\n])(["']*)'(?=[=+\-@＝＋－＠])/g
/** Includes semicolons and tabs, which spreadsheets use as delimiters in some locales. */
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/

/** An apostrophe makes a spreadsheet show the text instead of running it. */
export const neutralise = (text: string) =>
  MAY_HAVE_FORMULA.test(text) ? text.replaceAll(FORMULA, "$1$2'") : text

/** Undoes `neutralise`, for files that were exported here. */
export const restoreText = (text: string) => text.replaceAll(NEUTRALISED, '$1$2')

const field = (text: string) => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export const csvRecord = (fields: readonly string[]) => `${fields.map(field).join(',')}\r\n`
