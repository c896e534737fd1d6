import { refuse } from '../../src/kernel/refusal.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { answerOf, startServer, type ServerUnderTest } from './server-under-test.js'

const GERMAN = { 'accept-language': 'de-AT, en;q=0.5' }

describe('errors in the language of the caller', () => {
  let server: ServerUnderTest
  beforeAll(async () => {
    server = await startServer({ environment: { STEPGATE_INTROSPECTION: 'off' } })
  })
  afterAll(() => server.close())

  const first = async (response: Promise<Response>) => (await answerOf(await response)).errors[0]

  it('are translated before a document is read', async () => {
    const post = (headers: Record<string, string>, body = '{}') =>
      first(fetch(`${server.url}/graphql`, { method: 'POST', headers: { ...GERMAN, ...headers }, body }))
    const json = { 'content-type': 'application/json' }
    expect(await post({ ...json, origin: 'https://elsewhere.example' })).toMatchObject({
      message: 'Diese Herkunft darf die API nicht aufrufen.',
      extensions: { code: 'FORBIDDEN', messageId: 'http.foreign-origin' },
    })
    expect(await post(json, '[]')).toMatchObject({ message: 'Senden Sie eine GraphQL-Anfrage als JSON-Objekt.' })
    expect(await first(fetch(`${server.url}/nothing`, { headers: GERMAN }))).toMatchObject({
      message: 'Hier gibt es nichts.',
    })
    expect(await first(fetch(`${server.url}/graphql`, { method: 'PUT', headers: GERMAN }))).toMatchObject({
      message: 'Verwenden Sie GET, POST, OPTIONS.',
    })
  })

  it('are translated for invalid documents, for faults and for refusals, with the same ids as in English', async () => {
    for (const query of ['{', '{ fault }', '{ limited }']) {
      const english = await server.post(query)
      const german = await server.post(query, { headers: GERMAN })
      expect(german.errors[0]?.message).not.toBe(english.errors[0]?.message)
      const { messageId } = german.errors[0]?.extensions ?? {}
      expect(messageId).toEqual(expect.any(String))
      expect(english.errors[0]?.extensions['messageId']).toBe(messageId)
    }
  })

  it.each([
    ['the store is down', new Unavailable('store'), 'Der Dienst ist gerade nicht erreichbar.'],
    ['there is a fault', new Error('lost'), 'Bei uns ist etwas schiefgegangen.'],
    [
      'the caller is refused',
      refuse('FORBIDDEN', { says: 'link.not-available' }),
      'Dieser Link ist nicht mehr gültig.',
    ],
  ])('are translated for callers that cannot be identified, because %s', async (_, thrown, said) => {
    const closed = await startServer({ identify: () => Promise.reject(thrown) })
    expect((await closed.post('{ hello }', { headers: GERMAN })).errors[0]?.message).toContain(said)
    await closed.close()
  })

  it('are not changed if the application wrote the message', async () => {
    const own = await startServer({
      authorize: () => Promise.reject(refuse('FORBIDDEN', { message: 'Only members of the club.' })),
    })
    expect((await own.post('{ hello }', { headers: GERMAN })).errors).toEqual([
      { message: 'Only members of the club.', extensions: { code: 'FORBIDDEN' } },
    ])
    await own.close()
  })
})
