import { readCommand } from '../../src/config/index.js'

it.each([
  [[], 'start'],
  [['start'], 'start'],
  [['audit', 'verify'], 'verify-audit'],
  [['keys', 'new'], 'new-key'],
  [['keys', 'vapid'], 'new-vapid-keys'],
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

it('reads a head that was noted earlier', () => {
  const hash = '0f'.repeat(32)
  expect(readCommand(['audit', 'verify', '--head', `12:${hash}`])).toEqual({
    kind: 'verify-audit',
    head: { sequence: 12, hash },
  })
})
