import { randomInt } from 'node:crypto'

/** A code for people to type: this many uniformly random digits, with leading zeros kept. */
export const randomDigits = (length: number): string => String(randomInt(10 ** length)).padStart(length, '0')
