import type { Answer } from './browser.js'

/** Something was answered otherwise than a step expects. Says what came instead. */
export class Surprise extends Error {
  constructor(readonly came: string) {
    super(came)
    this.name = 'Surprise'
  }
}

const LONGEST_SHOWN = 600

/** Goes on only if what came is what was expected. */
export function expect(isAsExpected: boolean, came: unknown): asserts isAsExpected {
  if (isAsExpected) return
  const text = typeof came === 'string' ? came : JSON.stringify(came)
  throw new Surprise(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text)
}

/** What an answer without errors holds. */
export function dataOf<Data>({ status, data, errors, text }: Answer<Data>): Data {
  expect(data !== null && errors.length === 0, `HTTP ${status} ${text}`)
  return data
}

/** The one error of an operation that was refused as a whole, with this code and nothing else. */
export function refusalOf(answer: Answer<unknown>, code: string) {
  const [error] = answer.errors
  expect(error?.extensions.code === code && answer.status >= 400, `HTTP ${answer.status} ${answer.text}`)
  return error
}
