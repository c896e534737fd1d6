import { NO_EVENTS } from '../../src/audit/index.js'
import { openRepositories, type Store } from '../../src/store/index.js'
import { openPeople, type PersonDocument } from '../../src/store/person-document.js'
import { ACCOUNT, APP, CODES, factor, NOW, personWith, SESSION, session } from '../races/interleavings/documents.js'
import { OPEN_RULES } from '../support/mfa-rules.js'
import { ownStore, type OwnStore } from '../support/own-store.js'
import { STORES } from '../support/stores.js'

const PROOF = { factorId: APP, type: 'TOTP', provedAt: NOW }

describe.each(STORES)('what goes with a factor, on the %s store', (kind) => {
  let own: OwnStore
  let store: Store
  beforeAll(async () => {
    own = await ownStore(kind)
    store = own.store
  })
  afterAll(() => own.discard())

  /** An account whose only factor is an app, proved in a session, with its recovery codes. */
  async function person(app: object = {}) {
    await openPeople(store).deleteMany({})
    const document = personWith({
      grantRevision: 4,
      activeFactorCount: 1,
      factors: {
        [APP]: { ...factor(APP, 'TOTP', { lastTimeStep: 5 }), ...app },
        [CODES]: factor(CODES, 'RECOVERY_CODE', { codes: {} }),
      },
      sessions: { [SESSION]: session(SESSION, { proofs: { [APP]: PROOF } }) },
    })
    await openPeople(store).insert([document as unknown as PersonDocument])
  }
  const repositories = () => openRepositories(store, async () => OPEN_RULES)
  const after = async (): Promise<PersonDocument> => {
    const document = await openPeople(store).findOne({ _id: ACCOUNT })
    if (!document) throw new Error('the person is there')
    return document
  }

  it('are its proof in the session that stays, and the codes that came with the last', async () => {
    await person()
    const input = { accountId: ACCOUNT, factorId: APP, keep: SESSION, wanted: [], at: NOW }
    expect(await repositories().factors.remove(input, () => NO_EVENTS)).toMatchObject({ kind: 'removed' })
    const { factors, sessions, grantRevision } = await after()
    expect(Object.keys(factors)).toEqual([])
    expect(sessions[SESSION]?.proofs).toEqual({})
    expect(grantRevision).toBe(5)
  })

  it('is what waits for the account, where wrong answers disabled it', async () => {
    await person({ consecutiveFailures: 100 })
    expect(await repositories().challenges.disableFactor(ACCOUNT, APP, 100, NO_EVENTS)).toBe(true)
    const { factors, grantRevision, activeFactorCount } = await after()
    expect([factors[APP]?.status, grantRevision, activeFactorCount]).toEqual(['DISABLED', 5, 0])
  })
})
