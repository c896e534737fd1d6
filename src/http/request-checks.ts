import type { Check } from './answer.js'

const READS_JSON = /\*\/\*|application\/(?:\*|json|graphql-response\+json)/i

/** Refuses other methods, and says which there are. */
export function onlyMethods(...methods: readonly string[]): Check {
  const allow = methods.join(', ')
  return ({ method = '' }) =>
    methods.includes(method)
      ? null
      : {
          code: 'BAD_USER_INPUT',
          status: 405,
          headers: [['Allow', allow]],
          says: { id: 'http.method', values: { methods: allow } },
        }
}

/** Refuses a client that could not read the answer before anything is done, not after (GraphQL over HTTP, 6.3). */
export const onlyForReadersOfJson: Check = ({ method, headers: { accept } }) =>
  method !== 'POST' || accept === undefined || READS_JSON.test(accept)
    ? null
    : { code: 'BAD_USER_INPUT', status: 406, says: { id: 'http.accept-json' } }
