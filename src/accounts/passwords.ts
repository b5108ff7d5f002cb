import bcrypt from 'bcryptjs'
import { commonPasswords, commonStems } from './common-passwords.ts'
import { isKeyboardWalk } from './keyboard-walks.ts'

/** bcrypt's cost: about 150 ms of CPU in workerd. */
export const HASH_COST = 10
export const MIN_CHARACTERS = 10
/** bcrypt silently ignores further bytes, so longer passwords are rejected. */
export const MAX_BYTES = 72

export type PasswordIssue = 'too_short' | 'too_long' | 'not_text' | 'too_common' | 'personal'

export const passwordIssueMessages: Record<PasswordIssue, string> = {
  too_short: `Must be at least ${MIN_CHARACTERS} characters.`,
  too_long: `Must be at most ${MAX_BYTES} bytes in UTF-8.`,
  not_text: 'Must not contain control characters or lone surrogates.',
  too_common: 'This password is too common. Choose another.',
  personal: 'Must not be the name or the email address of the user.',
}

/** bcrypt reads "a\0a" as "a", so control characters are rejected. */
const isText = (text: string) => text.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(text)

/** Unicode normalization, so that the same password has the same bytes on all keyboards. */
const normalize = (password: string) => password.normalize('NFC')

/** Common substitutions: "p@ssw0rd" counts as "password". */
const DISGUISES: Record<string, string> = {
  '@': 'a',
  '0': 'o',
  '1': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
}

/** Runs and repeats, such as 0123456789 or ccbbaa. */
function isSequence(text: string): boolean {
  const steps = [...text].slice(1).map((key, i) => key.charCodeAt(0) - text.charCodeAt(i))
  const wraps = (step: number) => Math.abs(step) === 9
  return [1, -1].some((way) => steps.every((step) => step === way || step === 0 || wraps(step)))
}

const isCommonWord = (letters: string): boolean => {
  const half = letters.slice(0, letters.length / 2)
  return commonStems.has(half + half === letters ? half : letters)
}

/** A common password, a common word surrounded by digits and signs, a run, or few distinct characters. */
function isCommon(lower: string): boolean {
  const inner = lower.replace(/^[^a-z]+/, '').replace(/[^a-z]+$/, '')
  const plain = inner.replace(/[@01345$]/g, (key) => DISGUISES[key] ?? key)
  const letters = (text: string) => text.replace(/[^a-z]/g, '')
  const digits = lower.replace(/\D/g, '')
  const mostlyDigits = digits.length >= lower.length - 2
  return (
    commonPasswords.has(lower) ||
    isCommonWord(letters(lower)) ||
    isCommonWord(letters(plain)) ||
    isSequence(lower) ||
    isKeyboardWalk(lower) ||
    (mostlyDigits && isSequence(digits)) ||
    new Set(lower).size < 4
  )
}

/** Whom a password is for. */
export interface PasswordOwner {
  email: string
  name: string
}

const MIN_PERSONAL_LETTERS = 3
const lettersOf = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}]/gu, '')

/** The address, its local part or the name, perhaps twice or with digits and signs around. */
function isPersonal(lower: string, { email, name }: PasswordOwner): boolean {
  const letters = lettersOf(lower)
  return (
    lower === email.toLowerCase() ||
    [email, email.split('@')[0]!, name, ...name.split(/\s+/)]
      .map(lettersOf)
      .filter((part) => part.length >= MIN_PERSONAL_LETTERS)
      .some((part) => letters === part || letters === part + part)
  )
}

/** Checks a new password that is stream-safe; undefined if it is valid. Blanks count as characters. */
export function checkNewPassword(
  password: string,
  owner?: PasswordOwner,
): PasswordIssue | undefined {
  const text = normalize(password)
  if (!isText(text)) return 'not_text'
  if ([...text].length < MIN_CHARACTERS || text.trim() === '') return 'too_short'
  if (bcrypt.truncates(text)) return 'too_long'
  const lower = text.toLowerCase()
  if (isCommon(lower)) return 'too_common'
  if (owner !== undefined && isPersonal(lower, owner)) return 'personal'
  return undefined
}

export function hashPassword(password: string): Promise<string> {
  return bcrypt.hash(normalize(password), HASH_COST)
}

/** A hash that no password matches, so that an unknown user takes as long as a known one. */
const UNKNOWN_USER_HASH = '$2b$10$Oro/7Eyhp4cm4l53balwvOqAhlTztHlsSnH1o0UOjet32bbzOCujG'

/** Takes the same time without a hash. */
export async function passwordMatches(
  password: string,
  hash: string | undefined,
): Promise<boolean> {
  const text = normalize(password)
  const matches = await bcrypt.compare(text, hash ?? UNKNOWN_USER_HASH)
  return matches && hash !== undefined && !bcrypt.truncates(text) && isText(text)
}

/** Whether a hash was made with a lower cost. */
export function needsRehash(hash: string): boolean {
  return bcrypt.getRounds(hash) < HASH_COST
}
