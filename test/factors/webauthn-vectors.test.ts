import { passkeyFactor, type RelyingParty } from '../../src/factors/webauthn/index.js'
import { sealPasskey } from '../../src/factors/webauthn/passkey.js'
import type { Question } from '../../src/factors/index.js'
import { newId, type AccountId, type ChallengeId, type FactorId } from '../../src/kernel/ids.js'
import { signWith } from '../support/soft-passkey.js'
import {
  ATTESTATION_CA_KEY,
  attestationRoot,
  deriveVector,
  ORIGIN,
  TOP_ORIGIN,
  type Vector,
  type VectorFacts,
} from './webauthn-vectors.js'
import { factorOf, judge, NO_ANSWER, NOW, secretsOf } from './world.js'

const VECTORS: readonly VectorFacts[] = [
  {
    name: 'none.ES256',
    key: 'ES256',
    attestation: 'none',
    assertionSignature:
      '3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b93538174f575bf11a1dd5d78c6e486013f937295ea13653e331e87',
  },
  {
    name: 'packed-self.ES256',
    key: 'ES256',
    attestation: 'self',
    attestationSignature:
      '30440220067a20754ab925005dbf378097c92120031581c73228d1fb4f5b881bcd7da98302207fc7b147558c7c0eba3af18bd9d121fa3d3a26d17fe3f220272178f473b6006d',
    assertionSignature:
      '304402203310b9431903c401f1be2bdc8d23a4007682dbbddcf846994947b7f465daf84002204e94dd00047b316061b3b99772b7efd95994a83ef584b3b6b825ea3550251b66',
  },
  {
    name: 'none.ES256.crossOrigin',
    key: 'ES256',
    attestation: 'none',
    crossOrigin: true,
    assertionSignature:
      '3046022100eb12fcf23b12764c0f122e22371fab92e283879fd798f38ee1841c951b6e40e7022100c76237ff9db77b3c56f30837cda6a09acfa2e915544e609c0733b1184036d1cf',
  },
  {
    name: 'none.ES256.topOrigin',
    key: 'ES256',
    attestation: 'none',
    crossOrigin: true,
    topOrigin: TOP_ORIGIN,
    assertionSignature:
      '3045022100b5a70c81780d5fcc9a4f2ae9caae99058f8accaf58b91fb59329646c28ac6ffc022012e101c165db3c8e9957f0c54dd6ca9b56bc3bd2f280bd2faa6c1d02c6e5c171',
  },
  {
    name: 'none.ES256.long-credential-id',
    key: 'ES256',
    attestation: 'none',
    credentialIdBytes: 1023,
    assertionSignature:
      '304502203ecef83fb12a0cae7841055f9f87103a99fd14b424194bbf06c4623d3ee6e3fd022100d2ace346db262b1374a6b70faa51f518a42ddca13a4125ce6f5052a75bac9fb6',
  },
  {
    name: 'packed.ES256',
    key: 'ES256',
    attestation: 'certificate',
    attestationSignature:
      '304502203f19ec4b229f46ab8c45eff29b904ff10c0390dc40bf1216f04a78f4ceba3425022100fe7041a32759aff05a0f9f26c70a999c7a284451ba89234a1d3483c25e21925b',
    certificateSignature:
      '304402201726b9d85ecd8a5ed51163722ca3a20886fd9b242a0aa0453d442116075defd502207ef471e530ac87961a88a7f0d0c17b091ffc6b9238d30f79f635b417be5910e7',
    assertionSignature:
      '30450220694969d3ee928de6f02ef23a9c644d7d779916451734a94b432542f498a1ebe90221008b0819c824218a97152cd099c55bfb1477b29d900a49a64018314f9bfccda163',
  },
  {
    name: 'packed.RS256',
    key: 'RS256',
    attestation: 'certificate',
    attestationSignature:
      '30450221008b8c5c6ea8c142c032e0be69e1353d44461c5c9109941cdda951b976eb95b6b302204d52f406c19e254b3ff9589bd18070fb055ac8db12fdd0a6734bea9d7168e900',
    certificateSignature:
      '3046022100b86bc129d92afca7d9869a39f70f139a305b4073a39eb654d81424bed5757d91022100cf9f7c60cab7c4a7d3e7f0020f281a93d4fd0a9f95121b989f56932a68885fba',
    assertionSignature:
      '01063d52d7c39b4d432fc7063c5d93e582bdcb16889cd71f888d67d880ea730a428498d3bc8e1ee11f2b1ecbe6c292b118c55ffaaddefa8cad0a54dd137c51f1eec673f1bb6c4d1789d6826a222b22d0f585fc901fdc933212e579d199b89d672aa44891333e6a1355536025e82b25590256c3538229b55737083b2f6b9377e49e2472f11952f79fdd0da180b5ffd901b4049a8f081bb40711bef76c62aed943571f2d0575304cb549d68d8892f95086a30f93716aee818f8dc06e96c0d5e0ed4cfa9fd8773d90464b68cf140f7986666ff9c9e3302acd0535d60d769f465e2ab57ef8aabc89fccfef7ba32a64154a8b3d26be2298f470b8cc5377dbe3dfd4b0b45f8f01e63bde6cfc76b62771f9b70aa27cf40152cad93aa5acd784fd4b90f676e2ea828d0bf2400aebbaae4153e5838f537f88b6228346782a93a899be66ec77de45b3efcf311da6321c92e6b0cd11bfe653bf3e98cee8e341f02d67dbb6f9c98d9e8178090cfb5b70fbc6d541599ac794ae2f1d4de1286ec8de8c2daf7b1d15c8438e90d924df5c19045220a4c8438c1b979bbe016cf3d0eeec23c3999d4882cc645b776de930756612cdc6dd398160ff02a6',
  },
  {
    name: 'packed.EdDSA',
    key: 'EdDSA',
    attestation: 'certificate',
    attestationSignature:
      '3046022100d83f60bd80269537583218858aefb03ac57d45fa06e42feaae332d187f62da9f022100a02bd3cb6f7e1d283c93bad1f3f4b5a4c0494463da7fdbf256949116754d1f17',
    certificateSignature:
      '3046022100a0d434ecb5fc3bfd7da5f41904517ad2836249f561bd834ba7a438a8ab7a4ce8022100fac845bb7a02513b58e9f319654dbe49b0f02b95835bac568c71f8a18cdde9ab',
    assertionSignature:
      'f5c59c7e46c34f6f8cc197101ddf9934fa2595f68eb1913a637e8419eb9ba4cfdfc48f85393bc0d40b011f0d6fecb097d6607525713223a0dc0d453993dae00b',
  },
]

const secrets = secretsOf('k1')
const accountId = newId<AccountId>()
const factorId = newId<FactorId>()
const challengeId = newId<ChallengeId>()

function kindFor(settings: Partial<RelyingParty> = {}) {
  const relyingParty = { rpId: 'example.org', name: 'W3C', origins: [ORIGIN], topOrigins: [], attestationRoots: null }
  return passkeyFactor({ secrets, relyingParty: { ...relyingParty, ...settings } }, { challengeSeconds: 300 })
}

type Kind = ReturnType<typeof kindFor>

function register(kind: Kind, vector: Vector, asked: Question = {}) {
  const question = { challenge: vector.registrationChallenge, ceremony: 'create', challengeId, ...asked }
  const answer = { ...NO_ANSWER, webauthn: vector.registration }
  const factor = factorOf(kind, factorId, {})
  return judge(kind, { accountId, factor, challengeId, question, answer, now: NOW, purpose: 'ENROLLMENT' })
}

function signIn(kind: Kind, vector: Vector, asked: Question = {}) {
  const { credentialId, publicKey, backupEligible } = vector
  const kept = { credentialId, publicKey, backupEligible, aaguid: '' }
  const sealedPasskey = sealPasskey(secrets, { accountId, factorId }, kept)
  const factor = factorOf(kind, factorId, { credentialId, sealedPasskey, signCount: 0 })
  const question = { challenge: vector.assertionChallenge, ceremony: 'get', challengeId, ...asked }
  const answer = { ...NO_ANSWER, webauthn: vector.assertion }
  return judge(kind, { accountId, factor, challengeId, question, answer, now: NOW })
}

const named = (name: string): Vector => {
  const facts = VECTORS.find((each) => each.name === name)
  if (!facts) throw new Error('there is no such vector')
  return deriveVector(facts)
}

describe('the test vectors of WebAuthn Level 3', () => {
  const ordinary = VECTORS.filter(({ crossOrigin }) => crossOrigin !== true)

  it.each(ordinary.map((facts) => [facts.name, facts] as const))('%s registers and signs in', async (_, facts) => {
    const vector = deriveVector(facts)
    const kind = kindFor()
    const registered = await register(kind, vector)
    expect(registered).toMatchObject({ kind: 'right', advance: { set: { credentialId: vector.credentialId } } })
    expect(await signIn(kind, vector)).toMatchObject({
      kind: 'right',
      methods: [vector.backupEligible ? 'swk' : 'hwk', 'user'],
    })
  })

  it('are derived byte for byte: the first has the bytes that the specification prints', () => {
    const { registration } = named('none.ES256')
    const { response } = JSON.parse(registration) as { response: { attestationObject: string } }
    const bytes = Buffer.from(response.attestationObject, 'base64url')
    expect(bytes.toString('hex')).toBe(
      'a363666d74646e6f6e656761747453746d74a068617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b559000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4a5010203262001215820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61225820930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220',
    )
  })

  it.each(VECTORS.map(({ name }) => name))('%s is refused with another vector’s challenge', async (name) => {
    const vector = named(name)
    const kind = kindFor({ topOrigins: [TOP_ORIGIN] })
    expect((await register(kind, { ...vector, registrationChallenge: vector.assertionChallenge })).kind).toBe('wrong')
    expect((await signIn(kind, { ...vector, assertionChallenge: vector.registrationChallenge })).kind).toBe('wrong')
  })

  it.each([
    ['in another challenge', { challengeId: newId<ChallengeId>() }, { challengeId: newId<ChallengeId>() }],
    ['where the challenge was asked for the other ceremony', { ceremony: 'get' }, { ceremony: 'create' }],
    ['where no ceremony was asked for', { ceremony: null }, { ceremony: null }],
  ])('R089 an answer is refused %s, although everything signed is right', async (_, ofNew, ofKnown) => {
    const vector = named('none.ES256')
    const kind = kindFor()
    expect(await register(kind, vector, ofNew)).toEqual({ kind: 'wrong' })
    expect(await signIn(kind, vector, ofKnown)).toEqual({ kind: 'wrong' })
  })

  it('R091 the one from inside a frame is refused, even where frames are allowed: it does not name the outer page', async () => {
    const vector = named('none.ES256.crossOrigin')
    for (const kind of [kindFor(), kindFor({ topOrigins: [TOP_ORIGIN] })]) {
      expect((await register(kind, vector)).kind).toBe('wrong')
      expect((await signIn(kind, vector)).kind).toBe('wrong')
    }
  })

  it('R091 the one that names its outer page is accepted where that page is configured, and only there', async () => {
    const vector = named('none.ES256.topOrigin')
    for (const topOrigins of [[], [ORIGIN], [`${TOP_ORIGIN}/`]]) {
      expect((await register(kindFor({ topOrigins }), vector)).kind).toBe('wrong')
      expect((await signIn(kindFor({ topOrigins }), vector)).kind).toBe('wrong')
    }
    const kind = kindFor({ topOrigins: [TOP_ORIGIN] })
    expect((await register(kind, vector)).kind).toBe('right')
    expect((await signIn(kind, vector)).kind).toBe('right')
  })

  it('R098 those with certificates lead to the authority of the specification, and the others do not', async () => {
    const root = attestationRoot((tbs) => signWith(ATTESTATION_CA_KEY, tbs))
    const kind = kindFor({ attestationRoots: [root] })
    for (const facts of ordinary) {
      const { kind: verdict } = await register(kind, deriveVector(facts))
      expect([facts.name, verdict]).toEqual([facts.name, facts.attestation === 'certificate' ? 'right' : 'wrong'])
    }
  })
})
