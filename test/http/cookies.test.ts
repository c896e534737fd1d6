import type { IncomingMessage } from 'node:http'
import { cookiesOf } from '../../src/http/cookies.js'

const request = (method: string) => ({ method, headers: { cookie: 'stepgate-session=abc' } }) as IncomingMessage

describe('cookies of a request', () => {
  it('count for a POST, which no other site makes a browser send with them', () => {
    expect(cookiesOf(request('POST'))).toEqual({ 'stepgate-session': 'abc' })
  })

  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT'])('count for nothing in a %s (R112)', (method) => {
    expect(cookiesOf(request(method))).toEqual({})
  })
})
