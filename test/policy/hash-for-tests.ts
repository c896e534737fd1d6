import { createHmac } from 'node:crypto'

/** A keyed hash of operations, like the key ring's. */
export const hashForTests = (text: string): string => createHmac('sha256', 'test').update(text).digest('base64url')
