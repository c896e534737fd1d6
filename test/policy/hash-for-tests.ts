import { createHmac } from 'node:crypto'

/** A keyed hash of operations, as the key ring makes one. */
export const hashForTests = (text: string): string => createHmac('sha256', 'test').update(text).digest('base64url')
