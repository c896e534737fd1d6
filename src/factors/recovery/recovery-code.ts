import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { withoutTypingMarks } from '../../kernel/typing-marks.js'

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt)

// Crockford's base32: no I, L, O or U, so that a code survives being read aloud and written down.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LENGTH = 16 // × 5 bits = 80 bits; NIST SP 800-63B-4 4.2.1.1 requires 64.
const SALT_BYTES = 16
// As much as a code of 80 bits can use.
const HASH_BYTES = 16
const FORMER_HASH_BYTES = 32
const FORMER_HASH_LENGTH = 43
// NIST 3.1.2.2: codes below 112 bits are hashed with a salt and a password hash, whose work factor may be small.
const COST = { N: 1024, r: 8, p: 1 }

/** A new code, `XXXX-XXXX-XXXX-XXXX`. */
export function newRecoveryCode(): string {
  const symbols = [...randomBytes(CODE_LENGTH)].map((byte) => ALPHABET.charAt(byte & 31)).join('')
  return (symbols.match(/.{4}/g) ?? []).join('-')
}

/** The symbols of a typed code, or null: case, typing marks and Crockford's look-alikes do not matter. */
export function readRecoveryCode(text: string): string | null {
  if (text.length > 64) return null
  const symbols = withoutTypingMarks(text.toUpperCase()).replaceAll('O', '0').replace(/[IL]/g, '1')
  return symbols.length === CODE_LENGTH && [...symbols].every((symbol) => ALPHABET.includes(symbol)) ? symbols : null
}

/** `<salt>.<scrypt>` of a code's symbols; the same code gets a different hash every time. */
export const hashRecoveryCode = (symbols: string): Promise<string> =>
  hashWith(symbols, randomBytes(SALT_BYTES), HASH_BYTES)

/** The hash that these symbols would have in place of a stored one. */
export function hashRecoveryCodeAs(stored: string, symbols: string): Promise<string> {
  const [salt = '', hash = ''] = stored.split('.')
  const bytes = hash.length === FORMER_HASH_LENGTH ? FORMER_HASH_BYTES : HASH_BYTES
  return hashWith(symbols, Buffer.from(salt, 'base64url'), bytes)
}

async function hashWith(symbols: string, salt: Buffer, bytes: number): Promise<string> {
  const hash = await derive(symbols, salt, bytes, COST)
  return `${salt.toString('base64url')}.${hash.toString('base64url')}`
}
