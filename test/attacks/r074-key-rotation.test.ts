import { decodeProtectedHeader } from 'jose'
import { MeDocument, MyProfileDocument, UpdateProfileDocument } from '../../schema/generated/graphql.js'
import { newKeyText } from '../../src/config/index.js'
import { bearer } from '../support/answers.js'
import { refresh, signInApp } from '../support/app.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, until, type TestGateway } from '../support/gateway.js'
import { keptDirectory, type KeptDirectory } from '../support/kept-directory.js'
import { authenticatorOf, registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { storedAccount, valueAt } from '../support/stored.js'

const PROFILE = { taxId: 'DE 123 456 789', legalName: 'Mira Lindqvist' }
const idOf = (key: string): string => key.split(':')[0] ?? ''

describe('R074 keys are rotated without losing anyone', () => {
  let kept: KeptDirectory
  let gateway: TestGateway
  let person: PersonWithFactor
  let tokens: Awaited<ReturnType<typeof signInApp>>
  let cookie: Client
  const newKey = newKeyText()

  const keyOf = async (path: string) =>
    idOf(String(valueAt(await storedAccount(gateway, person.email), path)).replace('.', ':'))
  const sealOfSeed = () => keyOf(`factors.${person.authenticator.factorId}.material.sealedSecret`)

  async function restart(keys: string): Promise<void> {
    await gateway.close()
    gateway = await startGateway({ env: { ...kept.env, STEPGATE_KEYS: keys }, clock: gateway.clock })
  }

  beforeAll(async () => {
    kept = await keptDirectory()
    gateway = await startGateway({ env: kept.env })
    person = await withTotp(gateway)
    dataOf(await person.client.send(UpdateProfileDocument, { input: PROFILE }))
    const email = await registered(gateway)
    tokens = await signInApp(gateway, email)
    cookie = (await signIn(gateway, email)).client
  })
  afterAll(async () => {
    await gateway.close()
    await kept.remove()
  })

  it('seals with the only key', async () => {
    expect(await sealOfSeed()).toBe(idOf(kept.env.STEPGATE_KEYS))
    expect(await keyOf('sealedProfile')).toBe(idOf(kept.env.STEPGATE_KEYS))
  })

  it('signs with a new key put in front, while the old one still verifies, refreshes and is published', async () => {
    await restart(`${newKey},${kept.env.STEPGATE_KEYS}`)
    expect(codeOf(await bearer(gateway, tokens.accessToken).send(MeDocument))).toBeNull()
    expect(codeOf(await cookie.at(gateway.url).send(MeDocument))).toBeNull()
    const published = await fetch(`${gateway.url}/.well-known/jwks.json`)
    const { keys } = (await published.json()) as { keys: readonly { kid: string }[] }
    expect(keys.map(({ kid }) => kid)).toEqual([idOf(newKey), idOf(kept.env.STEPGATE_KEYS)])
    const refreshed = dataOf(await refresh(gateway, tokens.refreshToken)).refreshSession
    expect(decodeProtectedHeader(refreshed.accessToken).kid).toBe(idOf(newKey))
    expect(codeOf(await bearer(gateway, refreshed.accessToken).send(MeDocument))).toBeNull()
  })

  it('opens what the old key sealed, and reseals it when it is used', async () => {
    const client = person.client.at(gateway.url)
    await stepUp(gateway, client, person.authenticator)
    expect(dataOf(await client.send(MyProfileDocument)).me.profile).toMatchObject(PROFILE)
    expect(await sealOfSeed()).toBe(idOf(newKey))
    await until(async () => ((await keyOf('sealedProfile')) === idOf(newKey) ? true : null))
    dataOf(await client.send(UpdateProfileDocument, { input: { phoneNumber: '+49 30 1234567' } }))
    expect(await keyOf('sealedProfile')).toBe(idOf(newKey))
    person = { ...person, client }
  })

  it('refuses what only the removed key verifies, and keeps what was resealed', async () => {
    const email = await registered(gateway)
    const late = await signInApp(gateway, email)
    await restart(newKey)
    expect(codeOf(await bearer(gateway, tokens.accessToken).send(MeDocument))).toBe('UNAUTHENTICATED')
    expect(codeOf(await bearer(gateway, late.accessToken).send(MeDocument))).toBeNull()
    const client = person.client.at(gateway.url)
    await stepUp(gateway, client, person.authenticator)
    expect(dataOf(await client.send(MyProfileDocument)).me.profile).toMatchObject({
      ...PROFILE,
      phoneNumber: '+49 30 1234567',
    })
  })

  it('refuses codes of a seed whose key is gone, without a fault', async () => {
    const other = await withTotp(gateway)
    await restart(newKeyText())
    const { client } = await signIn(gateway, other.email)
    await expect(
      stepUp(gateway, client, authenticatorOf(gateway, other.authenticator.factorId, 'A'.repeat(32))),
    ).rejects.toThrow('CODE_INVALID')
  })
})
