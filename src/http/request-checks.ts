import type { RequestHandler } from 'express'
import { answerError } from './answer.js'

const JSON_ANSWERS = ['application/json', 'application/graphql-response+json']

export const notFound: RequestHandler = (_, res) =>
  answerError(res, { code: 'BAD_USER_INPUT', status: 404, message: 'There is nothing here.' })

/** Refuses other methods, and says which there are. */
export function onlyMethods(...methods: readonly string[]): RequestHandler {
  const allow = methods.join(', ')
  return (req, res, next) => {
    if (methods.includes(req.method)) return next()
    answerError(res, { code: 'BAD_USER_INPUT', status: 405, headers: [['Allow', allow]], message: `Use ${allow}.` })
  }
}

/** Refuses a client that could not read the answer before anything is done, not after (GraphQL over HTTP, 6.3). */
export const onlyForReadersOfJson: RequestHandler = (req, res, next) => {
  const { accept } = req.headers
  const fits = accept === undefined || accept === '*/*' || req.method !== 'POST' || req.accepts(JSON_ANSWERS) !== false
  if (fits) return next()
  answerError(res, { code: 'BAD_USER_INPUT', status: 406, message: `Accept ${JSON_ANSWERS.join(' or ')}.` })
}
