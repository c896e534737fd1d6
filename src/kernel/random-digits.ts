import { randomInt } from 'node:crypto'

/** A code for people to type: so many uniform digits, leading zeros kept. */
export const randomDigits = (length: number): string => String(randomInt(10 ** length)).padStart(length, '0')
