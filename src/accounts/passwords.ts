import bcrypt from 'bcryptjs'
import { commonPasswords, commonStems } from './common-passwords.ts'

/** bcrypt's cost: about 150 ms of CPU in workerd. */
export const HASH_COST = 10
export const MIN_CHARACTERS = 10
/** bcrypt reads no further and says nothing about it, so longer passwords are refused. */
export const MAX_BYTES = 72

export type PasswordIssue = 'too_short' | 'too_long' | 'not_text' | 'too_common' | 'same_as_email'

export const passwordIssueMessages: Record<PasswordIssue, string> = {
  too_short: `Must be at least ${MIN_CHARACTERS} characters.`,
  too_long: `Must be at most ${MAX_BYTES} bytes in UTF-8.`,
  not_text: 'Must not contain control characters or lone surrogates.',
  too_common: 'This password is too common. Choose another.',
  same_as_email: 'Must not be the email address.',
}

/** bcrypt takes "a\0a" for "a", so control characters are in no password. */
const isText = (text: string) => text.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(text)

/** The form in which a password is hashed and compared: the same keys give the same bytes. */
const normalize = (password: string) => password.normalize('NFC')

/** What stands for which letter: "p@ssw0rd" is no better than "password". */
const DISGUISES: Record<string, string> = {
  '@': 'a',
  '0': 'o',
  '1': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
}

/** Each key follows its neighbour on the keyboard or in the alphabet, or stays: 0123456789, ccbbaa. */
function isSequence(text: string): boolean {
  const steps = [...text].slice(1).map((key, i) => key.charCodeAt(0) - text.charCodeAt(i))
  const wraps = (step: number) => Math.abs(step) === 9
  return [1, -1].some((way) => steps.every((step) => step === way || step === 0 || wraps(step)))
}

const isCommonWord = (letters: string): boolean => {
  const half = letters.slice(0, letters.length / 2)
  return commonStems.has(half + half === letters ? half : letters)
}

/** A common password, a common word with digits and signs about it, keys in a row, or a few only. */
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
    (mostlyDigits && isSequence(digits)) ||
    new Set(lower).size < 4
  )
}

/** What is wrong with a new password; undefined when nothing is. Blanks count as characters. */
export function checkNewPassword(password: string, email?: string): PasswordIssue | undefined {
  const text = normalize(password)
  if (!isText(text)) return 'not_text'
  if ([...text].length < MIN_CHARACTERS || text.trim() === '') return 'too_short'
  if (bcrypt.truncates(text)) return 'too_long'
  const lower = text.toLowerCase()
  if (isCommon(lower)) return 'too_common'
  if (email !== undefined && lower === email.toLowerCase()) return 'same_as_email'
  return undefined
}

export function hashPassword(password: string): Promise<string> {
  return bcrypt.hash(normalize(password), HASH_COST)
}

/** A hash of HASH_COST that no password has, so that an unknown user takes as long as a known one. */
const UNKNOWN_USER_HASH = '$2b$10$Oro/7Eyhp4cm4l53balwvOqAhlTztHlsSnH1o0UOjet32bbzOCujG'

/** Compares, and takes the same time where there is no hash to compare with. */
export async function passwordMatches(
  password: string,
  hash: string | undefined,
): Promise<boolean> {
  const text = normalize(password)
  const matches = await bcrypt.compare(text, hash ?? UNKNOWN_USER_HASH)
  return matches && hash !== undefined && !bcrypt.truncates(text) && isText(text)
}

/** Whether a hash was made with another cost than is used now. */
export function needsRehash(hash: string): boolean {
  return bcrypt.getRounds(hash) !== HASH_COST
}
