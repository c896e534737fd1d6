import { createLogger } from '../../src/logging/index.js'
import { readableLines } from '../../src/logging/readable-lines.js'

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = ''
  write(
    createLogger(
      { level: 'info' },
      readableLines((lines) => (text += lines)),
    ),
  )
  return text
}

describe('log lines for a terminal', () => {
  it('have time, level, message and fields, without those that are null', () => {
    const text = logged((logger) => logger.info({ status: 200, route: 'graphql', errorCode: null }, 'request'))
    expect(text).toMatch(/^\d\d:\d\d:\d\d INFO request status=200 route=graphql\n$/)
  })

  it('quote what has spaces, and write objects as JSON', () => {
    const text = logged((logger) => logger.warn({ why: 'a b', at: { host: 'x' } }, 'late'))
    expect(text).toContain(' WARN late why="a b" at={"host":"x"}\n')
  })

  it('show the stack of an error and of its cause, indented', () => {
    const error = new Error('no answer', { cause: new TypeError('no socket') })
    const lines = logged((logger) => logger.error({ err: error }, 'failed')).split('\n')
    expect(lines[1]).toBe('    Error: no answer')
    expect(lines).toContain('    TypeError: no socket')
  })

  it('obey nothing that a caller wrote, and hide secrets as JSON lines do (R117)', () => {
    const error = new Error('a\u001b]0;title\u0007\r\n02:00:00 INFO forged')
    const text = logged((logger) => logger.error({ agent: 'x\u001b[2J\ny', token: 'canary', err: error }, 'z\n'))
    expect(text).not.toMatch(/[\u001b\u0007\r]/)
    expect(text).not.toMatch(/^(?:INFO|y|02:00:00 INFO)/m)
    expect(text).not.toContain('canary')
  })
})
