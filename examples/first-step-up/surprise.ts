import type { Answer } from './browser.js'

/** An answer that a step did not expect. Says what came instead. */
export class Surprise extends Error {
  constructor(readonly came: string) {
    super(came)
    this.name = 'Surprise'
  }
}

const LONGEST_SHOWN = 600

/** Continues only if the expected answer came. */
export function expect(isAsExpected: boolean, came: unknown): asserts isAsExpected {
  if (isAsExpected) return
  const text = typeof came === 'string' ? came : JSON.stringify(came)
  throw new Surprise(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text)
}

/** The data of an answer without errors. */
export function dataOf<Data>({ status, data, errors, text }: Answer<Data>): Data {
  expect(data !== null && errors.length === 0, `HTTP ${status} ${text}`)
  return data
}

/** The single error of an operation that was refused as a whole, if it has this code. */
export function refusalOf(answer: Answer<unknown>, code: string) {
  const [error] = answer.errors
  expect(error?.extensions.code === code && answer.status >= 400, `HTTP ${answer.status} ${answer.text}`)
  return error
}
