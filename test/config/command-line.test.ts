import { readCommand } from '../../src/config/index.js'

it.each([
  [[], 'start'],
  [['start'], 'start'],
  [['audit', 'verify'], 'verify-audit'],
  [['keys', 'new'], 'new-key'],
  [['--help'], 'help'],
  [['start', '-h'], 'help'],
  [['--version'], 'version'],
  [['-v'], 'version'],
  [['audit'], 'mistake'],
  [['keys', 'new', 'more'], 'mistake'],
  [['serve'], 'mistake'],
  [['--port', '4000'], 'mistake'],
])('reads %j as %s', (args, kind) => {
  expect(readCommand(args).kind).toBe(kind)
})
