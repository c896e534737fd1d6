import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { ClientGone, readJsonBody } from '../../src/http/read-body.js'

/** A request with a body. */
function request(): IncomingMessage & Readable {
  const stream = new Readable({ read: () => undefined })
  return Object.assign(stream, { headers: { 'content-type': 'application/json' }, complete: false }) as never
}

describe('a body', () => {
  it('is read to its end', async () => {
    const req = request()
    const reading = readJsonBody(req, 100)
    req.push('{"query"')
    req.push(':"{ me }"}')
    req.push(null)
    expect(await reading).toEqual({ kind: 'read', text: '{"query":"{ me }"}' })
  })

  it.each<[string, Error | undefined]>([
    ['closes without a word', undefined],
    ['breaks', new Error('aborted')],
  ])('is invalid when its connection %s in the middle', async (_, error) => {
    const req = request()
    const reading = readJsonBody(req, 100)
    req.push('{"query":"{ me }"}')
    await new Promise(setImmediate)
    req.destroy(error)
    await expect(reading).rejects.toBeInstanceOf(ClientGone)
  })

  it('is invalid when its connection was already closed', async () => {
    const req = request()
    req.destroy()
    await expect(readJsonBody(req, 100)).rejects.toBeInstanceOf(ClientGone)
  })
})
