import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import {
  ApprovePushRequestDocument,
  ConnectPushDeviceDocument,
  DenyPushRequestDocument,
  EnrollFactorDocument,
  PushRequestsDocument,
  SubscribePushDeviceDocument,
  VerifyChallengeDocument,
  type ApprovePushRequestMutation,
  type DenyPushRequestMutation,
} from '../../schema/generated/graphql.js'
import { codeOf, dataOf, type Answer, type Client } from './client.js'
import type { TestGateway } from './gateway.js'
import { passedOf, registered, signIn } from './person.js'

export interface Subscription {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
}

/** What a device signs; any part can be replaced to make an invalid signature. */
export interface SignedParts {
  readonly domain: string
  readonly audience: string
  readonly device: string
  readonly action: string
  readonly subject: string
  readonly detail: string
  readonly issuedAt: Date
}

/** A device in software that signs as the page does. */
export interface PushDevice {
  readonly device: string
  readonly factorId: string
  /** A call as it would be sent, optionally signed over other parts than those it carries. */
  signed(
    parts: Pick<SignedParts, 'action' | 'subject' | 'detail'>,
    forged?: Partial<SignedParts>,
  ): { device: string; issuedAt: string; signature: string }
  requests(): ReturnType<typeof listed>
  approve(challengeId: string, number: string): Promise<Answer<ApprovePushRequestMutation>>
  deny(challengeId: string): Promise<Answer<DenyPushRequestMutation>>
  subscribe(subscription: Subscription): ReturnType<typeof subscribed>
}

export interface KeyPair {
  readonly privateKey: KeyObject
  /** SPKI as base64url. */
  readonly publicKey: string
}

export function newKeyPair(namedCurve = 'P-256'): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
  return { privateKey, publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url') }
}

/** The parts of an enrolment's link. */
export function readConnectUrl(connectUrl: string): { readonly audience: string; readonly token: string } {
  const { origin, hash } = new URL(connectUrl)
  return { audience: origin, token: hash.replace('#connect=', '') }
}

export const connect = (gateway: TestGateway, token: string, publicKey: string, client = gateway.client()) =>
  client.send(ConnectPushDeviceDocument, { input: { token, publicKey, name: 'Test phone' } })

/** Opens an enrolment's link on a new device. */
export async function connectDevice(gateway: TestGateway, connectUrl: string): Promise<PushDevice> {
  const { audience, token } = readConnectUrl(connectUrl)
  const keys = newKeyPair()
  const { connectPushDevice } = dataOf(await connect(gateway, token, keys.publicKey))
  return deviceWith(gateway, { device: connectPushDevice.device, audience, keys })
}

export function deviceWith(
  gateway: TestGateway,
  { device, audience, keys }: { readonly device: string; readonly audience: string; readonly keys: KeyPair },
): PushDevice {
  const client = gateway.client({ userAgent: 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile' })
  const signed: PushDevice['signed'] = (parts, forged = {}) => {
    const issuedAt = gateway.clock.now()
    const all = { domain: 'stepgate-push/1', audience, device, ...parts, issuedAt, ...forged }
    const { domain, action, subject, detail } = all
    const text = [domain, all.audience, all.device, action, subject, detail, all.issuedAt.toISOString()].join('\n')
    const signature = sign('sha256', Buffer.from(text), { key: keys.privateKey, dsaEncoding: 'ieee-p1363' })
    return { device: all.device, issuedAt: all.issuedAt.toISOString(), signature: signature.toString('base64url') }
  }
  return {
    device,
    factorId: device.split('.')[1] ?? '',
    signed,
    requests: () => listed(client, signed({ action: 'list', subject: '', detail: '' })),
    approve: (challengeId, number) =>
      client.send(ApprovePushRequestDocument, {
        input: { ...signed({ action: 'approve', subject: challengeId, detail: number }), challengeId, number },
      }),
    deny: (challengeId) =>
      client.send(DenyPushRequestDocument, {
        input: { ...signed({ action: 'deny', subject: challengeId, detail: '' }), challengeId },
      }),
    subscribe: (subscription) => {
      const { endpoint, p256dh, auth } = subscription
      const call = signed({ action: 'subscribe', subject: endpoint, detail: `${p256dh}.${auth}` })
      return subscribed(client, { ...call, subscription })
    },
  }
}

const listed = (client: Client, input: ReturnType<PushDevice['signed']>) => client.send(PushRequestsDocument, { input })

const subscribed = (client: Client, input: ReturnType<PushDevice['signed']> & { subscription: Subscription }) =>
  client.send(SubscribePushDeviceDocument, { input })

/** The outcome of a device's answer, in one word. */
export function pushVerdict(answer: Answer<ApprovePushRequestMutation | DenyPushRequestMutation>): string {
  const data = answer.data
  const result = data && ('approvePushRequest' in data ? data.approvePushRequest : data.denyPushRequest)
  if (!result) return codeOf(answer) ?? 'NOTHING'
  return result.__typename === 'PushAnswered' ? 'ANSWERED' : result.code
}

/** Begins the enrolment of a device; the link was not opened yet. */
export async function beginPush(client: Client) {
  const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input: { type: 'PUSH' } }))
  const { factor, challenge, push } = enrollFactor
  if (!challenge?.push || !push) throw new Error('an enrolment without number or link')
  return { factor, challenge, number: challenge.push.number, connectUrl: push.connectUrl }
}

export const verify = (client: Client, challengeId: string) =>
  client.send(VerifyChallengeDocument, { input: { challengeId } })

/** Enrols a device and proves it. */
export async function enrollPush(gateway: TestGateway, client: Client): Promise<PushDevice> {
  const { challenge, number, connectUrl } = await beginPush(client)
  const device = await connectDevice(gateway, connectUrl)
  const answer = await device.approve(challenge.id, number)
  if (pushVerdict(answer) !== 'ANSWERED') throw new Error(`the number was refused: ${answer.text}`)
  passedOf(dataOf(await verify(client, challenge.id)).verifyChallenge)
  return device
}

/** A new account that has signed in and enrolled a device. */
export async function withPush(gateway: TestGateway, email?: string) {
  const address = await registered(gateway, email)
  const { client } = await signIn(gateway, address)
  const device = await enrollPush(gateway, client)
  return { email: address, client, device }
}

/** A number of two digits that is not the right one. */
export const wrongNumber = (number: string, nth = 1): string => String(10 + ((Number(number) - 10 + nth) % 90))
