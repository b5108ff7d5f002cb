import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CliError } from '../cli-error.ts'
import { projectFolder } from '../project.ts'

/** What earlier versions left, in SQL and docs above all. Lower it with every change, to 0. */
const MAX_LEFT = 0

export interface Finding {
  line: number
  found: string
  advice: string
}

const FOLDERS = ['src', 'test', 'dev', 'bench', 'container', 'drizzle', 'docs', '.github', '.ci']
const FILES = ['*.md', 'openapi.json', 'wrangler.toml', 'package.json', '.dev.vars.example']

/** Words that mean something in this project only, with the usual ones. */
const words: Record<string, string> = {
  'books?': "user, the user's transactions, or the schema `data`",
  'walls?': 'row isolation',
  kept: 'stored, retained',
  'seals?|sealed|sealing|unsealed': 'encrypt, encrypted',
  'trips?': 'request, round trip',
  patience: 'statement timeout',
  'everybodys?': 'all users, everyone',
  'anybodys?': 'any user, anyone',
  'faults?': 'error, violation, issue',
  'answers?|answered|answering|unanswered': 'response, respond, return',
  'epochs?': 'token version',
  'misfits?': 'invalid',
  anew: 'again',
  whoever: 'the user who, the client that',
}

/** Forms of sentences and names; each is looked for in the text as it is. */
const forms: [pattern: RegExp, advice: string][] = [
  [/\b(?:MOST|LONGEST|FARTHEST|LARGEST)_\w+/g, 'MAX_…'],
  [/\bwhat is not given\b/gi, 'omitted fields'],
  [/(?:\/\*\*?(?:\s*\n\s*\*)?|(?<=^\s*)\/\/|(?<=^\s*)--)\s+Of\s/gm, 'begin with the thing'],
  [
    /(?<!\bthere )\b(?:is|are|was|were) no(?:\s+|\s*\n\s*(?:\*|\/\/|--)?\s*)(?!longer|more\b|less\b|later|better|worse|further|fewer|earlier|different)[a-z`"]+/gi,
    'is not a …, invalid …',
  ],
]

/** What may stay, and why. */
const exceptions: [pattern: RegExp, reason: string][] = [
  [/round[ -]?trips?/gi, 'the usual word'],
  [/fault[ -]?(?:injection|proxy)/gi, 'the usual word'],
  [
    /\b(?:test|support)\/faults\b|\bfaults\/|\.\/faults(?=\/|\.ts)/g,
    'names of files on fault injection',
  ],
  [/since (?:the|the Unix) epoch|extract\(epoch/gi, 'the origin of Unix time'],
  [/\bfaultyPath\b|\bno-answer-hang\b|'epoch'/g, 'fault injection; a value of the type date'],
  [/\bBook (?:Date|Balance)\b|QuickBooks/g, 'names of columns of banks, and of an app'],
  [/\bBooks\b(?= for|['"`|,])|Boat trip/g, 'texts of demo data'],
  [/^## Glossary$[\s\S]*?(?=^## )/gm, 'names the words to avoid'],
]

/** Files that may say any of this, and why. */
const exemptFiles: [pattern: RegExp, reason: string][] = [
  [/^dev\/check\/words\.ts$|^test\/dev\/words\.test\.ts$/, 'the check and its test'],
  [/common-passwords\.ts$/, 'a list of words'],
  [/(?:^|\/)fault[\w-]*\.ts$|^test\/faults\//, 'fault injection'],
]

const wordPattern = new RegExp(`\\b(?:${Object.keys(words).join('|')})\\b`, 'gi')
const adviceOf = (word: string) =>
  Object.entries(words).find(([key]) => new RegExp(`^(?:${key})$`, 'i').test(word))?.[1] ?? ''

/** Puts a blank between the words of identifiers; no line break is added or removed. */
const splitWords = (text: string) =>
  text.replaceAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ').replaceAll(/[_-]/g, ' ')

const blank = (text: string) => text.replaceAll(/\S/g, ' ')

/** The private words of a text, by line. */
export function findPrivateWords(text: string): Finding[] {
  const rest = exceptions.reduce((left, [pattern]) => left.replaceAll(pattern, blank), text)
  const found = (source: string, pattern: RegExp, advice: (match: string) => string) =>
    [...source.matchAll(pattern)].map(({ 0: match, index }) => ({
      line: source.slice(0, index).split('\n').length,
      found: match.trim().replaceAll(/\s+/g, ' '),
      advice: advice(match),
    }))
  return [
    ...found(splitWords(rest), wordPattern, adviceOf),
    ...forms.flatMap(([pattern, advice]) => found(rest, pattern, () => advice)),
  ].toSorted((a, b) => a.line - b.line)
}

const isExempt = (file: string) => exemptFiles.some(([pattern]) => pattern.test(file))

/** Names every private word in what git tracks; a name of a file counts as its line 0. */
export function checkWords(): string {
  const files = execFileSync('git', ['ls-files', '-z', '--', ...FOLDERS, ...FILES], {
    cwd: projectFolder,
    encoding: 'utf8',
  })
  const checked = files.split('\0').filter((file) => file !== '' && !isExempt(file))
  const lines = checked.flatMap((file) =>
    [
      ...findPrivateWords(file).map((each) => ({ ...each, line: 0 })),
      ...findPrivateWords(readFileSync(path.join(projectFolder, file), 'utf8')),
    ].map(({ line, found, advice }) => `${file}:${line} ${found} (${advice})`),
  )
  if (lines.length > MAX_LEFT) {
    throw new CliError(
      `${lines.length} private words, ${MAX_LEFT} are left over:\n${lines.join('\n')}`,
    )
  }
  return `${lines.length} of at most ${MAX_LEFT}`
}
