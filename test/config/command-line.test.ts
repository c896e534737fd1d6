import { readCommand } from '../../src/config/index.js'

it.each([
  [[], 'start'],
  [['start'], 'start'],
  [['audit', 'verify'], 'verify-audit'],
  [['keys', 'new'], 'new-key'],
  [['keys', 'vapid'], 'new-vapid-keys'],
  [['admin', 'list'], 'admin'],
  [['admin', 'grant', 'ada@example.com'], 'admin'],
  [['admin', 'revoke', 'ada@example.com', '--force'], 'admin'],
  [['admin'], 'mistake'],
  [['admin', 'grant'], 'mistake'],
  [['admin', 'grant', ''], 'mistake'],
  [['admin', 'list', 'ada@example.com'], 'mistake'],
  [['admin', 'revoke', 'ada@example.com', 'bob@example.com'], 'mistake'],
  [['admin', 'grant', 'ada@example.com', '--force'], 'mistake'],
  [['admin', 'revoke', '--force'], 'mistake'],
  [['admin', 'make', 'ada@example.com'], 'mistake'],
  [['start', '--force'], 'mistake'],
  [['--help'], 'help'],
  [['start', '-h'], 'help'],
  [['--version'], 'version'],
  [['-v'], 'version'],
  [['audit'], 'mistake'],
  [['keys', 'new', 'more'], 'mistake'],
  [['serve'], 'mistake'],
  [['--port', '4000'], 'mistake'],
  [['start', '--head', `1:${'a'.repeat(64)}`], 'mistake'],
  [['audit', 'verify', '--checkpoint', 'the last one'], 'mistake'],
  [['audit', 'verify', '--resume'], 'mistake'],
  [['audit', 'verify', '--state', 'f', '--checkpoint', `1:${'0f'.repeat(32)}`], 'mistake'],
  [['audit', 'verify', '--jwks', 'f'], 'mistake'],
  [['start', '--state', 'f'], 'mistake'],
  [['audit', 'prove'], 'mistake'],
  [['audit', 'prove', 'an-id', 'another'], 'mistake'],
  [['audit', 'check'], 'mistake'],
])('reads %j as %s', (args, kind) => {
  expect(readCommand(args).kind).toBe(kind)
})

it('reads whose role changes, and whether the last operator may be revoked', () => {
  const ada = 'ada@example.com'
  expect(readCommand(['admin', 'grant', ada])).toEqual({ kind: 'admin', does: { kind: 'grant', who: ada } })
  const revoke = (force: boolean) => ({ kind: 'admin', does: { kind: 'revoke', who: ada, force } })
  expect(readCommand(['admin', 'revoke', ada])).toEqual(revoke(false))
  expect(readCommand(['admin', 'revoke', '--force', ada])).toEqual(revoke(true))
})

it('reads a noted checkpoint, and where a check resumes', () => {
  const hash = '0f'.repeat(32)
  const verify = { kind: 'verify-audit', noted: null, resume: false, state: null }
  const noted = { number: 12, hash }
  expect(readCommand(['audit', 'verify'])).toEqual(verify)
  expect(readCommand(['audit', 'verify', '--checkpoint', `12:${hash}`])).toEqual({ ...verify, noted })
  const resumed = readCommand(['audit', 'verify', '--checkpoint', `12:${hash}`, '--resume'])
  expect(resumed).toEqual({ ...verify, noted, resume: true })
  expect(readCommand(['audit', 'verify', '--state', 'verified.json'])).toEqual({ ...verify, state: 'verified.json' })
})

it('reads which event to prove, and which keys check a proof', () => {
  expect(readCommand(['audit', 'prove', 'an-id'])).toEqual({ kind: 'prove-event', eventId: 'an-id' })
  expect(readCommand(['audit', 'check', 'p.json'])).toEqual({ kind: 'check-proof', proof: 'p.json', jwks: null })
  expect(readCommand(['audit', 'check', 'p.json', '--jwks', 'keys.json'])).toMatchObject({ jwks: 'keys.json' })
})
