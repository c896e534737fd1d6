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
  [['audit', 'verify', '--head', 'the last one'], 'mistake'],
])('reads %j as %s', (args, kind) => {
  expect(readCommand(args).kind).toBe(kind)
})

it('reads whom a role is for, and whether the last operator may go', () => {
  const ada = 'ada@example.com'
  expect(readCommand(['admin', 'grant', ada])).toEqual({ kind: 'admin', does: { kind: 'grant', who: ada } })
  const revoke = (force: boolean) => ({ kind: 'admin', does: { kind: 'revoke', who: ada, force } })
  expect(readCommand(['admin', 'revoke', ada])).toEqual(revoke(false))
  expect(readCommand(['admin', 'revoke', '--force', ada])).toEqual(revoke(true))
})

it('reads a head that was noted earlier', () => {
  const hash = '0f'.repeat(32)
  expect(readCommand(['audit', 'verify', '--head', `12:${hash}`])).toEqual({
    kind: 'verify-audit',
    head: { sequence: 12, hash },
  })
})
