import type { Check } from './answer.js'
import { recordOf } from './request-record.js'

/** Rejects other methods and lists the allowed ones. */
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

/** Rejects a client that does not accept JSON before the operation runs, not after (GraphQL over HTTP, 6.3). */
export const onlyForReadersOfJson: Check = ({ method }, res) =>
  method !== 'POST' || recordOf(res).accepted !== 'neither'
    ? null
    : { code: 'BAD_USER_INPUT', status: 406, says: { id: 'http.accept-json' } }
