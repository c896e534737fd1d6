import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  ChangeEmailDocument,
  MyDevicesDocument,
  RenameDeviceDocument,
  RequestMagicLinkDocument,
  RequestPasswordResetDocument,
  SignInDocument,
  SignUpDocument,
  UpdateProfileDocument,
} from '../../schema/generated/graphql.js'
import { challenged, guess, ROOMY, storedPerson, wrongCode } from './answers.js'
import { dataOf } from './client.js'
import type { TestGateway } from './gateway.js'
import { connectTo } from './mongo.js'
import { giveEmailFactor } from './notices.js'
import { withPackedTexts } from './packed-texts.js'
import { enrollTotp, PASSWORD, registered, signIn, stepUp, type PersonWithFactor } from './person.js'

/** A person with traces everywhere, each distinguishable from other people's. */
export interface TracedPerson extends PersonWithFactor {
  readonly id: string
  /** The texts that must be nowhere after the erasure, by what they are. */
  readonly traces: Readonly<Record<string, string>>
}

/** For gateways that trust a proxy on loopback, so that each person has an address. */
export const PROXIED = { ...ROOMY, STEPGATE_TRUSTED_PROXIES: 'loopback', STEPGATE_RISK_MODE: 'REPORT_ONLY' }

let count = 0

export async function tracedPerson(gateway: TestGateway): Promise<TracedPerson> {
  count += 1
  const traces = tracesOf(count)
  const { email, emailKey, displayName, legalName, taxId, phoneNumber, postalAddress, dateOfBirth } = traces
  const from = { userAgent: traces.userAgent, headers: { 'x-forwarded-for': traces.ip } }
  await registered(gateway, email)
  const { client } = await signIn(gateway, email, from)
  const enrolled = await enrollTotp(gateway, client)
  const { authenticator } = enrolled
  const wrong = { email, password: 'not this one', fingerprint: [{ name: 'timeZone', value: traces.timeZone }] }
  await gateway.client(from).send(SignInDocument, { input: wrong })
  const profile = { displayName, legalName, taxId, phoneNumber, postalAddress, dateOfBirth }
  dataOf(await client.send(UpdateProfileDocument, { input: { ...profile, visibleToOrganizations: ['DISPLAY_NAME'] } }))
  const challenge = await challenged(client, authenticator.factorId)
  await guess(client, challenge.id, wrongCode(authenticator, gateway))
  for (const { id: deviceId } of dataOf(await client.send(MyDevicesDocument)).myDevices) {
    dataOf(await client.send(RenameDeviceDocument, { input: { deviceId, name: traces.deviceName } }))
  }
  dataOf(await client.send(ChangeEmailDocument, { input: { newEmail: traces.newAddress } }))
  // Another person signs up with the address: the sign-up is stored until it expires.
  dataOf(await gateway.client().send(SignUpDocument, { input: { email, password: PASSWORD } }))
  dataOf(await gateway.client(from).send(RequestMagicLinkDocument, { input: { email } }))
  dataOf(await gateway.client(from).send(RequestPasswordResetDocument, { input: { email } }))
  const query = `query ${traces.operation} { accounts { edges { cursor } } }`
  await client.post(JSON.stringify({ query }))
  await stepUp(gateway, client, authenticator, { rememberDevice: true })
  await giveEmailFactor(gateway, emailKey, traces.secondAddress)
  const { _id } = await storedPerson(gateway, emailKey)
  return { email, client, ...enrolled, id: _id, traces }
}

const tracesOf = (number: number) => ({
  email: `Trace${number}x.Person@vanishing.example`,
  emailKey: `trace${number}x.person@vanishing.example`,
  ip: `203.0.113.${number + 10}`,
  userAgent: `TraceBrowser${number}x/7.7 (X11; Linux x86_64)`,
  displayName: `Trace${number}x Display`,
  legalName: `Trace${number}x Legal`,
  taxId: `TRACE${number}x-TAX`,
  phoneNumber: `+49 30 1234${number}567`,
  postalAddress: `Trace${number}x street`,
  dateOfBirth: `${1950 + (number % 70)}-03-04`,
  deviceName: `Trace${number}x laptop`,
  secondAddress: `trace${number}x.second@vanishing.example`,
  newAddress: `trace${number}x.new@vanishing.example`,
  timeZone: `Trace/Zone${number}x`,
  operation: `TraceOperation${number}x`,
})

/** Every byte the gateway stores: its files unchanged, or every document of its database. */
export async function rawStore(gateway: TestGateway): Promise<string> {
  const uri = gateway.env['MONGODB_URI']
  if (uri !== undefined) return everyDocument(uri)
  const directory = gateway.env['STEPGATE_DATA_DIR'] ?? ''
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  return withPackedTexts(texts.join('\n'))
}

async function everyDocument(uri: string): Promise<string> {
  const connection = await connectTo(uri)
  try {
    const collections = await connection.listCollections()
    const documents = await Promise.all(collections.map(({ name }) => connection.collection(name).find().toArray()))
    return withPackedTexts(JSON.stringify(documents))
  } finally {
    await connection.close()
  }
}

/** Which of a person's traces occur in a text, by what they are. */
export const tracesIn = (text: string, { traces }: Pick<TracedPerson, 'traces'>): readonly string[] =>
  Object.keys(traces).filter((name) => text.includes(traces[name] ?? ''))
