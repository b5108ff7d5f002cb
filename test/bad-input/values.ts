/* Values that a field must refuse. Those of bodies are JSON text, those of queries plain text. */

const long = (length: number) => 'x'.repeat(length)
const json = (...values: unknown[]) => values.map((value) => JSON.stringify(value))

/** Numbers as JSON text, since JavaScript cannot hold all of them. */
const numbers = ['0', '-1', '7', '1.5', '1e400', '-1e400', '0.1234567890123456789']
const noText = [...json(null, true, false, [], {}, ['text'], { a: 'b' }), ...numbers]

const control = ['\u0000', 'nul\u0000inside', 'bell\u0007', 'delete\u007f', 'next line\u0085']
const surrogates = ['lone \ud800 high', 'lone \udc00 low', 'wrong order \udc00\ud800']
const blank = [
  ...['', ' ', '\t\n', '\u00a0', '\u2003\u3000', '\ufeff'],
  // They take room or none, and show nothing.
  ...['\u200b', '\u3164', '\u200d\u2060', '\u2800'],
]

export const badLine = (max: number) => [
  ...noText,
  ...json(...blank, ...control, ...surrogates, 'two\nlines', 'tab\there', long(max + 1)),
  ...json('line\u2028separator', 'turned \u202eround'),
  ...json(long(5 * max), `${long(max)}\u{1f984}`),
]

/** `null` and blanks mean "no notes"; lines may break. */
export const badNotes = [
  ...noText.filter((text) => text !== 'null'),
  ...json(...control, ...surrogates, long(2001), long(20_000)),
]

const oddIds = [
  '',
  ' ',
  '1',
  'null',
  'undefined',
  '0198c2a45b1e7d2a9b603f4f5f0c8a11',
  '{0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11}',
  'urn:uuid:0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11',
  '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a1',
  '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a111',
  '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a1g',
  ' 0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11',
  '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11\u0000',
  '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11\n',
  "' or 1=1 --",
  '\u{1f984}',
  long(5000),
]
export const badId = [...noText, ...json(...oddIds, '\ud800')]
/** An empty one and one of dots would be another path. */
export const badPathId = oddIds.filter((text) => text.trim() !== '')

const oddDates = [
  '',
  ' ',
  '2026-02-30',
  '2026-02-29',
  '2100-02-29',
  '1900-02-29',
  '2026-04-31',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '2026-01-32',
  '0000-01-01',
  '0001-01-01',
  '0099-12-31',
  '1899-12-31',
  '2201-01-01',
  '9999-12-31',
  '10000-01-01',
  '-2026-01-01',
  '+002026-01-01',
  '2026-1-1',
  '26-01-01',
  '20260101',
  '2026/01/01',
  '01.02.2026',
  '2026-01-01T00:00:00Z',
  ' 2026-01-01',
  '2026-01-01 ',
  '2026-01-01\n',
  '2026-01-01\u0000',
  '２０２６-０１-０１',
  '٢٠٢٦-٠١-٠١',
  '2026-W01-1',
  '2026-001',
  'today',
  'infinity',
  '-infinity',
  'epoch',
  'NaN',
  'null',
  "2026-01-01'; drop table data.users; --",
  '\u{1f4c5}',
  long(5000),
]
export const badDate = [...noText, ...json(...oddDates, '2026-01-0\ud800')]

/** No amount in a body nor in a query. */
const oddAmounts = [
  '',
  ' ',
  '-1',
  '-0.01',
  '+1',
  '1e3',
  '1e400',
  '1E-2',
  'NaN',
  'Infinity',
  '-Infinity',
  'null',
  '.5',
  '5.',
  '1,50',
  '1.000,50',
  '1 000',
  '1_000',
  "1'000",
  '0x10',
  '0b1',
  '1n',
  '１２',
  '١٢',
  '½',
  ' 12',
  '12 ',
  '12\n',
  '12\u0000',
  '12.5.5',
  '€12',
  '12 EUR',
  '0.00001',
  '1.123456789012345678',
  '10000000000000',
  '1234567890123456',
  '99999999999999999999999999999999999999999999',
  `${'0'.repeat(5000)}1`.padEnd(6000, 'x'),
  '\u{1f4b6}',
  '1; select 1',
]
/** For a body whose currency has two digits. */
export const badAmount = [
  ...json(null, true, [], {}, ['1'], { amount: '1' }),
  ...json(...oddAmounts, '0', '0.00', '000', '0.001', '0.0001', '1.234', '12\ud800'),
  ...['0', '-0', '0.0', '-1', '-0.01', '1e400', '-1e400', '1e-400', '1e21', '5e-324', '0.001'],
  ...['1.005', '10000000000000', '1234567890123456', '12345678901234.56', '0.1000000000000000055'],
]

const oddCurrencies = [
  '',
  ' ',
  'eur',
  'Eur',
  'EU',
  'EURO',
  ' EUR',
  'EUR ',
  'EUR\u0000',
  'ＥＵＲ',
  '€',
  '978',
  'ZZZ',
  '\u{1f4b6}',
  'constructor',
  '__proto__',
  "EUR' --",
  long(5000),
]
export const badCurrency = [...noText, ...json(...oddCurrencies, 'EU\ud800')]

export const badEnum = (...legal: string[]) => [
  ...noText,
  ...json(...oddChoices(legal), `${legal[0]}\ud800`),
]

/** Near misses of the words that are legal. */
const oddChoices = (legal: string[]) => [
  '',
  ' ',
  ...legal.flatMap((word) => [word.toUpperCase(), ` ${word}`, `${word} `, `${word}\u0000`]),
  'none',
  'null',
  'constructor',
  '\u{1f984}',
  "' or '1'='1",
  long(5000),
]

export const badBoolean = [
  ...noText.filter((text) => !['true', 'false'].includes(text)),
  ...json('true', 'false', '', 'yes', '1'),
]

const oddEmails = [
  ...blank,
  ...control,
  'nobody',
  '@example.com',
  'a@',
  'a@b',
  'a b@example.com',
  'a@example.com\u0000',
  'a@exa\u0000mple.com',
  'a@example..com',
  'a@@example.com',
  'a@example.com, b@example.com',
  'Grace <a@example.com>',
  "a'; --@example.com",
  'ä@example.com',
  '\u{1f984}@example.com',
  `${long(250)}@example.com`,
  long(5000),
]
export const badEmail = [...noText, ...json(...oddEmails, ...surrogates, '\ud800@example.com')]

/** What a login cannot be tried with. */
export const badSecret = (max: number) => [...noText, ...json('', long(max + 1))]

export const badNewPassword = [
  ...noText,
  ...json('', ' '.repeat(12), 'short pw', 'nul\u0000in the middle', 'lone \ud800 surrogate'),
  ...json('ten lines\nof text', 'passwordpassword', 'aaaaaaaaaaaaaa', 'é'.repeat(37), long(73)),
  ...json('\u{1f984}'.repeat(9), '\u{1f984}'.repeat(12)),
]

const oddInstants = [
  ...['', ' ', 'now', 'tomorrow', 'infinity', 'null', '2099-01-01', '2099-01-01T00:00:00'],
  ...['2099-02-30T00:00:00Z', '2099-01-01T24:00:00Z', '2099-01-01T00:61:00Z', '20990101T000000Z'],
  ...[' 2099-01-01T00:00:00Z', '2099-01-01T00:00:00Z ', '2099-01-01 00:00:00Z'],
  ...['9999-01-01T00:00:00Z', '-2099-01-01T00:00:00Z', '2099-01-01T00:00:00+99:99', '4102444800'],
  ...['2099-01-01T00:00:00Z\u0000', '2099-W01-1T00:00:00Z', '\u{1f4c5}', long(5000)],
]
export const badInstant = [...noText, ...json(...oddInstants, '2099-01-01T00:00:00\ud800')]

/* Values for queries. */

const oddNumbers = ['', ' ', '0', '-1', '+1', '1.0', '1.5', '1e1', '0x1', 'NaN', 'null', ' 1', '1 ']
export const badInteger = (max: number) => [
  ...oddNumbers,
  ...['１', '1\u0000', '\u{1f984}', '99999999999999999999', long(5000), String(max + 1)],
]
export const badChoice = (...legal: string[]) => oddChoices(legal)
export const badLineParameter = (max: number) => [
  ...blank,
  ...control,
  'two\nlines',
  long(max + 1),
  long(5000),
]
/** Words that may be signs. */
export const badSign = (...others: string[]) => [
  ...['', ' ', 'none', 'null', 'constructor', '\u0000', '\u{1f984}', long(5000)],
  ...others,
]
export const badIdParameter = oddIds
export const badMonthParameter = [
  ...['', ' ', '2026', '2026-3', '2026-00', '2026-13', '26-03', '202603', '2026/03', '03/2026'],
  ...[
    '2026-03-01',
    '2026-W10',
    ' 2026-03',
    '2026-03 ',
    '1899-12',
    '2201-01',
    '0000-01',
    'March 2026',
  ],
  ...['２０２６-０３', '2026-03\u0000', 'null', 'this month', long(5000)],
]
export const badDateParameter = oddDates
export const badInstantParameter = oddInstants
export const badAmountParameter = oddAmounts
export const badCurrencyParameter = oddCurrencies
export const badCursor = [
  '',
  ' ',
  '.',
  '..',
  'null',
  'W10.W10',
  'eyJpZCI6MX0',
  '\u0000',
  '\u{1f984}.\u{1f984}',
  long(501),
  long(5000),
]
