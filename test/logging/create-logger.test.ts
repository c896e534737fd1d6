import { createLogger } from '../../src/logging/index.js'

function logged(write: (logger: ReturnType<typeof createLogger>) => void, level: 'debug' | 'info' = 'info'): string[] {
  const lines: string[] = []
  write(createLogger({ level }, { write: (line) => void lines.push(line) }))
  return lines
}

it('writes one JSON line with level, time and fields', () => {
  const [line = ''] = logged((logger) => logger.info({ requestId: 'r1' }, 'request'))
  expect(JSON.parse(line)).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    requestId: 'r1',
    msg: 'request',
  })
})

it('leaves out lines below its level', () => {
  expect(logged((logger) => logger.debug({}, 'detail'))).toEqual([])
  expect(logged((logger) => logger.debug({}, 'detail'), 'debug')).toHaveLength(1)
})

it('stays one line whatever it contains (R117)', () => {
  const [line = '', ...more] = logged((logger) =>
    logger.info({ operation: 'a\r\n{"level":"error"}\u001b[31m' }, 'x\ny'),
  )
  expect(more).toEqual([])
  expect(line.trimEnd()).not.toMatch(/[\r\n\u001b]/)
})

it.each(['password', 'code', 'token', 'mfaToken', 'secret', 'authorization', 'cookie', 'set-cookie'])(
  'hides a field called %s, at every depth',
  (name) => {
    const lines = logged((logger) =>
      logger.info(
        {
          [name]: 'canary',
          a: { [name]: 'canary', b: { [name.toUpperCase()]: 'canary' } },
          c: [[{ [name]: 'canary' }]],
        },
        'x',
      ),
    )
    expect(lines.join()).not.toContain('canary')
  },
)

it("logs an error's name, message, stack and cause, and no other property", () => {
  const error = Object.assign(new Error('duplicate key', { cause: new Error('below') }), {
    keyValue: 'canary',
    code: 11_000,
  })
  const [line = ''] = logged((logger) => logger.error({ err: error }, 'fault'))
  expect(JSON.parse(line)).toMatchObject({
    err: { type: 'Error', message: 'duplicate key', cause: { message: 'below' } },
  })
  expect(line).not.toContain('canary')
  expect(logged((logger) => logger.error({ err: 'canary' }, 'fault')).join()).not.toContain('canary')
})
