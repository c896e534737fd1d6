import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './copies.js'
import { objectionTo } from './fault.js'
import { FAULTS } from './lists/index.js'

describe('the list of faults', () => {
  it('is long enough to cover every part of the gateway', () => {
    expect(FAULTS.length).toBeGreaterThanOrEqual(80)
  })

  it('finds the text of every fault exactly once', () => {
    const objections = FAULTS.flatMap((fault) => {
      const path = join(ROOT, fault.file)
      const objection = objectionTo(fault, existsSync(path) ? readFileSync(path, 'utf8') : '')
      return objection === null ? [] : [`${fault.name}: ${objection}`]
    })
    expect(objections).toEqual([])
  })

  it('names suites that exist', () => {
    const missing = FAULTS.flatMap(({ suites }) => suites).filter((suite) => !existsSync(join(ROOT, suite)))
    expect(missing).toEqual([])
  })

  it('names every fault differently', () => {
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length)
  })
})
