import type { IncomingMessage } from 'node:http'
import { cookiesOf } from '../../src/http/cookies.js'

const request = (method: string) => ({ method, headers: { cookie: 'stepgate-session=abc' } }) as IncomingMessage

describe('cookies of a request', () => {
  it('are used in a POST, which other sites cannot send with cookies', () => {
    expect(cookiesOf(request('POST'))).toEqual({ 'stepgate-session': 'abc' })
  })

  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT'])('are ignored in a %s (R112)', (method) => {
    expect(cookiesOf(request(method))).toEqual({})
  })
})
